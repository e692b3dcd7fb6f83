// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallery_stage.h"

#include <QKeyEvent>

#include <algorithm>

#include "ui/appearance/motion.h"

namespace lacuna::ui {
namespace {

QRect between(const QRect& from, const QRect& to, double t)
{
    const auto mixed = [t](int a, int b) { return a + qRound((b - a) * t); };
    return {mixed(from.x(), to.x()), mixed(from.y(), to.y()), mixed(from.width(), to.width()),
            mixed(from.height(), to.height())};
}

/// A smaller rectangle in the same place.
QRect small(const QRect& rect)
{
    const int x = rect.width() / 4, y = rect.height() / 4;
    return rect.adjusted(x, y, -x, -y);
}

} // namespace

GalleryStage::GalleryStage(QWidget* parent) : QWidget(parent)
{
    animation_.setStartValue(0.0);
    animation_.setEndValue(1.0);
    animation_.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&animation_, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { moveTo(value.toDouble()); });
    connect(&animation_, &QVariantAnimation::finished, this, &GalleryStage::settle);
}

QRect GalleryStage::slot(int place) const
{
    const QSize size = GalleryCard(nullptr).sizeHint();
    return {QPoint(place * (size.width() + gap), 0), size};
}

QSize GalleryStage::sizeHint() const
{
    return {slot(std::max(1, count()) - 1).right() + 1, slot(0).height()};
}

int GalleryStage::placeOf(int candidate) const
{
    const auto found = std::find_if(row_.begin(), row_.end(),
                                    [candidate](const Placed& one) { return one.candidate == candidate; });
    return found == row_.end() ? -1 : int(found - row_.begin());
}

GalleryCard* GalleryStage::make(int candidate)
{
    auto* card = new GalleryCard(this);
    card->installEventFilter(this);
    connect(card, &GalleryCard::clicked, this, [this, candidate] { Q_EMIT picked(candidate); });
    connect(card, &GalleryCard::opened, this, [this, candidate] { Q_EMIT opened(candidate); });
    connect(card, &GalleryCard::starPressed, this, [this, candidate] { Q_EMIT starPressed(candidate); });
    connect(card, &GalleryCard::crossPressed, this, [this, candidate] { Q_EMIT crossPressed(candidate); });
    return card;
}

void GalleryStage::setCards(const std::vector<int>& candidates, Change change)
{
    settle();
    const int before = placeOf(change.through);
    const auto after = std::find(candidates.begin(), candidates.end(), change.through);
    const QRect origin = before >= 0 ? slot(before) : QRect();
    const QRect target = after != candidates.end() ? slot(int(after - candidates.begin())) : QRect();

    std::vector<Flight> flights;
    std::vector<Placed> row;
    for (const int candidate : candidates) {
        const QRect to = slot(int(row.size()));
        const int place = placeOf(candidate);
        GalleryCard* card = place >= 0 ? this->card(place) : make(candidate);
        row.push_back({candidate, card});
        if (place >= 0)
            flights.push_back({card, card->geometry(), to});
        else
            flights.push_back({card, small(origin.isNull() ? to : origin), to, 0, 1});
    }
    for (const Placed& old : row_)
        if (std::find(candidates.begin(), candidates.end(), old.candidate) == candidates.end()) {
            old.card->setFocusPolicy(Qt::NoFocus);
            old.card->setAttribute(Qt::WA_TransparentForMouseEvents);
            const QRect there = old.card->geometry();
            flights.push_back({old.card, there, small(target.isNull() ? there : target), 1, 0, true});
        }
    row_ = std::move(row);
    for (std::size_t i = 0; i < row_.size(); ++i) {
        row_[i].card->show();
        if (i > 0)
            setTabOrder(row_[i - 1].card, row_[i].card);
    }
    updateGeometry();
    setMinimumSize(sizeHint());
    fly(std::move(flights));
}

void GalleryStage::fly(std::vector<Flight> flights)
{
    flights_ = std::move(flights);
    if (motionTime() == 0 || !isVisible())
        return settle();
    for (const Flight& flight : flights_)
        flight.card->raise();
    moveTo(0);
    animation_.setDuration(motionTime());
    animation_.start();
}

void GalleryStage::moveTo(double t)
{
    for (const Flight& flight : flights_) {
        flight.card->setGeometry(between(flight.from, flight.to, t));
        flight.card->setOpacity(flight.opacityFrom + (flight.opacityTo - flight.opacityFrom) * t);
    }
}

void GalleryStage::settle()
{
    animation_.stop();
    moveTo(1);
    for (const Flight& flight : std::exchange(flights_, {}))
        if (flight.leaves) {
            flight.card->hide();
            flight.card->deleteLater(); // it may be what was pressed
        }
}

void GalleryStage::focusCard(int place)
{
    if (place >= 0 && place < count() && card(place)->isEnabled()) {
        card(place)->setFocus(Qt::OtherFocusReason);
        Q_EMIT picked(candidate(place));
    }
}

bool GalleryStage::handleKey(int place, int key)
{
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        focusCard(place - 1);
        return true;
    case Qt::Key_Right:
    case Qt::Key_Down:
        focusCard(place + 1);
        return true;
    case Qt::Key_Home:
        focusCard(0);
        return true;
    case Qt::Key_End:
        focusCard(count() - 1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT opened(candidate(place));
        return true;
    case Qt::Key_Backspace:
        Q_EMIT closed();
        return true;
    case Qt::Key_S:
        Q_EMIT starPressed(candidate(place));
        return true;
    case Qt::Key_X:
        Q_EMIT crossPressed(candidate(place));
        return true;
    default:
        return false;
    }
}

bool GalleryStage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* press = static_cast<QKeyEvent*>(event);
    const auto at =
        std::find_if(row_.begin(), row_.end(), [watched](const Placed& one) { return one.card == watched; });
    const bool plain = !(press->modifiers() & ~Qt::KeypadModifier);
    return (at != row_.end() && plain && handleKey(int(at - row_.begin()), press->key()))
           || QWidget::eventFilter(watched, event);
}

} // namespace lacuna::ui
