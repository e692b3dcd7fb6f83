// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPixmap>
#include <QPoint>

#include <functional>
#include <memory>

class QMimeData;

namespace lacuna::ui {

class Exporter;
class GalleryCard;
class GalleryStage;

/// Lets cards be dragged out of the window as PNG files. The file is written in the background when a drag begins, and
/// the drag itself starts when it is there, if the button is still held.
class CardDrag : public QObject {
    Q_OBJECT

public:
    using Start = std::function<void(GalleryCard* card, std::unique_ptr<QMimeData> data)>;

    CardDrag(GalleryStage& stage, Exporter& exporter, QObject* parent);
    void setStart(Start start) { start_ = std::move(start); } ///< in place of a drag of the system

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void begin(GalleryCard* card);

    GalleryStage& stage_;
    Exporter& exporter_;
    Start start_;
    GalleryCard* pressed_ = nullptr; ///< the card under the button that is held
    QPoint from_{};
};

} // namespace lacuna::ui
