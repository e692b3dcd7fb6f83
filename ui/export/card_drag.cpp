// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/card_drag.h"

#include <QApplication>
#include <QChildEvent>
#include <QDrag>
#include <QMimeData>
#include <QMouseEvent>
#include <QPointer>
#include <QUrl>

#include "ui/export/exporter.h"
#include "ui/gallery/gallery_card.h"
#include "ui/gallery/gallery_stage.h"

namespace lacuna::ui {
namespace {

constexpr int pixmapWidth = 120;

void dragBySystem(GalleryCard* card, std::unique_ptr<QMimeData> data)
{
    auto* drag = new QDrag(card);
    drag->setMimeData(data.release());
    drag->setPixmap(
        QPixmap::fromImage(card->content().picture).scaledToWidth(pixmapWidth, Qt::SmoothTransformation));
    drag->exec(Qt::CopyAction);
}

} // namespace

CardDrag::CardDrag(GalleryStage& stage, Exporter& exporter, QObject* parent)
    : QObject(parent),
      stage_(stage),
      exporter_(exporter),
      start_(dragBySystem)
{
    stage_.installEventFilter(this);
}

bool CardDrag::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ChildAdded)
        static_cast<QChildEvent*>(event)->child()->installEventFilter(this);
    auto* card = qobject_cast<GalleryCard*>(watched);
    if (!card)
        return false;
    const auto position = [event] { return static_cast<QMouseEvent*>(event)->position().toPoint(); };
    if (event->type() == QEvent::MouseButtonPress
        && static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton) {
        pressed_ = card;
        from_ = position();
    } else if (event->type() == QEvent::MouseButtonRelease) {
        pressed_ = nullptr;
    } else if (event->type() == QEvent::MouseMove && pressed_ == card
               && (position() - from_).manhattanLength() >= QApplication::startDragDistance()) {
        pressed_ = nullptr;
        begin(card);
    }
    return false;
}

void CardDrag::begin(GalleryCard* card)
{
    int candidate = -1;
    for (int place = 0; place < stage_.count(); ++place)
        if (stage_.card(place) == card)
            candidate = stage_.candidate(place);
    if (candidate < 0)
        return;
    exporter_.writeForDrag(candidate, [this, card = QPointer(card)](const QString& file) {
        if (!card || !card->isDown())
            return; // let go before the file was there
        card->setDown(false);
        auto data = std::make_unique<QMimeData>();
        data->setUrls({QUrl::fromLocalFile(file)});
        start_(card, std::move(data));
    });
}

} // namespace lacuna::ui
