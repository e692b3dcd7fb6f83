// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace lacuna::ui {

/// One picture, as large as fits, on the neutral ground of the canvas.
class ExportPreview : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;
    void setPicture(const QImage& picture);

protected:
    void paintEvent(QPaintEvent*) override;

private:
    QImage picture_{};
};

} // namespace lacuna::ui
