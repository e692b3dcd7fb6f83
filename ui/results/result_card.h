// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QImage>

namespace lacuna::ui {

/// What one card says.
struct CardContent {
    int number = 1; ///< counts from 1
    int of = 1;
    QImage picture{};
    double nearestGray = 0;  ///< to the nearest mate; 0: alone
    bool waiting = false;    ///< nothing to show yet
    bool pushed = false;     ///< guidance moves it now
    bool unfinished = false; ///< the run was stopped
    QString problem{};       ///< not empty: this one failed
};

/// One completion of the set, as a button.
class ResultCard : public QAbstractButton {
    Q_OBJECT

public:
    static constexpr QSize pictureSize{180, 120};

    explicit ResultCard(QWidget* parent);

    void setContent(const CardContent& content);
    const CardContent& content() const { return content_; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override;
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    QString stateText() const;
    QString distanceText() const;
    void paintPicture(QPainter& painter, const QRectF& area) const;
    void paintState(QPainter& painter, const QRect& line) const;

    CardContent content_{};
};

} // namespace lacuna::ui
