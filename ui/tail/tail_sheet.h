// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "engine/selection/tail_report.h"
#include "ui/appearance/pieces.h"
#include "ui/gallery/grouping.h"

class QToolButton;

namespace lacuna::ui {

class GalleryPanel;

/// The histogram of the candidates along their first principal component, with the two groups that fit it best.
class TailChart : public QWidget {
    Q_OBJECT

public:
    explicit TailChart(QWidget* parent);
    void setReport(const TailReport& report);
    int bins() const { return int(counts_.size()); }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    TailReport report_{};
    std::vector<int> counts_{};
    double low_ = 0, high_ = 1; ///< of the histogram
};

/// The kurtosis with its interval beside what Gaussian sets of the same size have.
class KurtosisStrip : public QWidget {
    Q_OBJECT

public:
    explicit KurtosisStrip(QWidget* parent);
    void setReport(const TailReport& report);

protected:
    void paintEvent(QPaintEvent*) override;

private:
    TailReport report_{};
};

/// What a few random samples of the pool would miss: lies over the canvas until it is closed.
class TailSheet : public Ground {
    Q_OBJECT

public:
    TailSheet(GalleryPanel& gallery, QWidget* canvas);

    void open(); ///< for the pool that the gallery shows
    void finishNow();
    const std::optional<TailReport>& report() const { return report_; }
    QString sentence() const { return sentence_->text(); }
    QString figures() const { return figures_->text(); }

protected:
    void keyPressEvent(QKeyEvent*) override;

private:
    void compute();
    QString sentence(const TailReport& report);
    void show(const TailReport& report);

    GalleryPanel& gallery_;
    SharedGrouping grouping_{}; ///< that the report is of
    std::optional<TailReport> report_{};
    TailChart* chart_;
    KurtosisStrip* strip_;
    QLabel* sentence_;
    QLabel* figures_;
    QToolButton* close_;
};

} // namespace lacuna::ui
