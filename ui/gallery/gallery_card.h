// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QImage>

namespace lacuna::ui {

/// What one card says.
struct CardContent {
    int number = 1; ///< counts from 1
    int of = 1;
    int standsFor = 0; ///< candidates of the pool of `of`, itself included; 0: there is no pool
    bool rare = false; ///< few candidates are like it
    bool starred = false;
    bool rejected = false;
    QString origin{}; ///< which noise made it
    QImage picture{};
    double nearestGray = 0;  ///< to the nearest mate; 0: alone
    bool waiting = false;    ///< nothing to show yet
    bool pushed = false;     ///< guidance moves it now
    bool unfinished = false; ///< the run was stopped
    QString problem{};       ///< not empty: this one failed
};

/// One completion of a set, or one candidate of a pool that stands for others, as a button. Its star and its cross are
/// pressed with the mouse on the picture, or with S and X where the card lies.
class GalleryCard : public QAbstractButton {
    Q_OBJECT

public:
    static constexpr QSize pictureSize{180, 120};
    static constexpr double opaque = 1;

    explicit GalleryCard(QWidget* parent);

    void setContent(const CardContent& content);
    const CardContent& content() const { return content_; }

    bool opens() const { return content_.standsFor > 1; }
    double opacity() const { return opacity_; }
    void setOpacity(double opacity); ///< while it comes or goes

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void opened(); ///< pressed where it says how many are below, or twice
    void starPressed();
    void crossPressed();

protected:
    void paintEvent(QPaintEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    enum class Spot { Card, Star, Cross, Branch };

    QString stateText() const;
    QString distanceText() const;
    QString spokenName() const;
    QRectF pictureArea() const;
    QRect mirrored(const QRect& place) const; ///< where people read from right to left
    QRect line(int number) const;
    QRectF spotArea(Spot spot) const;
    Spot spotAt(QPointF point) const;
    void paintGround(QPainter& painter) const;
    void paintPicture(QPainter& painter, const QRectF& area) const;
    void paintState(QPainter& painter, const QRect& line) const;
    void paintShare(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;

    CardContent content_{};
    double opacity_ = opaque;
    Spot pointed_ = Spot::Card;
};

} // namespace lacuna::ui
