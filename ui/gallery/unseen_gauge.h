// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace lacuna::ui {

class GalleryModel;

/// "Anything new left?": how likely the next candidate is of a kind that has not been seen.
class UnseenGauge : public QWidget {
    Q_OBJECT

public:
    explicit UnseenGauge(QWidget* parent);
    void show(const GalleryModel& model);

    const QString& headline() const { return headline_; }
    const QString& sentence() const { return sentence_; }
    QSize sizeHint() const override { return {140, 120}; }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    double share_ = 0, atMost_ = 0; ///< 0..1
    bool known_ = false;
    QString headline_{}, sentence_{};
};

} // namespace lacuna::ui
