// SPDX-License-Identifier: GPL-3.0-or-later
// The list of masks: which there are, which is in use, and how changes of the list are undone.
#include <algorithm>
#include <atomic>
#include <utility>

#include "engine/core/error.h"
#include "ui/document/document.h"

namespace lacuna::ui {

Mask& MaskEntry::editable()
{
    if (mask.use_count() != 1)
        mask = std::make_shared<Mask>(*mask);
    std::atomic_thread_fence(std::memory_order_acquire); // after the last reader on another thread
    return *mask;
}

std::size_t MaskEdit::bytes() const
{
    return sizeof(*this) + flips.bytes() + (held ? held->mask->values.size() : 0);
}

int Document::indexOf(int id) const
{
    for (std::size_t i = 0; i < masks_.size(); ++i)
        if (masks_[i].id == id)
            return int(i);
    return -1;
}

void Document::takeMasks(const LoadedPicture& loaded)
{
    masks_.clear();
    nextId_ = 1;
    for (const NamedMask& one : loaded.masks) {
        const QString name = one.name.empty() ? freeName() : QString::fromStdString(one.name);
        masks_.push_back({one.id, name, one.soft_edge, std::const_pointer_cast<Mask>(one.mask)});
        nextId_ = std::max(nextId_, one.id + 1);
    }
    if (masks_.empty())
        masks_.push_back(
            {nextId_++, freeName(), loaded.source.recipe ? loaded.source.recipe->soft_edge : 0, loaded.mask});
    for (MaskEntry& entry : masks_)
        entry.holePixels = entry.mask->hole_pixels();
    active_ = std::size_t(std::max(0, indexOf(loaded.maskInUse)));
}

std::vector<NamedMask> Document::namedMasks() const
{
    std::vector<NamedMask> named;
    for (const MaskEntry& entry : masks_)
        named.push_back({entry.name.toStdString(), entry.mask, entry.id, entry.softEdge});
    return named;
}

QString Document::freeName() const
{
    for (int number = int(masks_.size()) + 1;; ++number) {
        const QString name = tr("Mask %1").arg(number);
        if (std::none_of(masks_.begin(), masks_.end(),
                         [&name](const MaskEntry& entry) { return entry.name == name; }))
            return name;
    }
}

void Document::useMask(int index)
{
    if (index < 0 || index >= int(masks_.size()) || index == int(active_))
        return;
    endEdit();
    active_ = std::size_t(index);
    ++version_;
    Q_EMIT masksChanged();
    Q_EMIT maskReplaced();
}

void Document::insertMask(MaskEntry entry)
{
    if (!isOpen() || masks_.size() >= mostMasks)
        return;
    endEdit();
    MaskEdit edit{.kind = MaskEdit::Kind::Presence, .mask = entry.id, .at = int(active_) + 1};
    edit.held = std::move(entry);
    carryOut(edit);
    keep(std::move(edit));
}

void Document::addMask(const QString& name)
{
    insertMask({nextId_++, name.isEmpty() ? freeName() : name, 0,
                std::make_shared<Mask>(picture_.width, picture_.height)});
}

void Document::duplicateMask()
{
    if (!isOpen())
        return;
    MaskEntry copy = masks_[active_]; // shares the pixels until one of both changes
    copy.id = nextId_++;
    copy.name = tr("%1 copy").arg(copy.name);
    insertMask(std::move(copy));
}

void Document::removeMask()
{
    if (masks_.size() < 2)
        return;
    endEdit();
    MaskEdit edit{.kind = MaskEdit::Kind::Presence, .mask = masks_[active_].id, .at = int(active_)};
    carryOut(edit);
    keep(std::move(edit));
}

void Document::renameMask(const QString& name)
{
    if (isOpen() && !name.trimmed().isEmpty())
        setWords(name.trimmed().left(100), masks_[active_].softEdge);
}

void Document::setSoftEdge(int pixels)
{
    if (isOpen())
        setWords(masks_[active_].name, std::clamp(pixels, 0, largestSoftEdge));
}

/// Turning a number is one step of undo, however often it changes on the way.
void Document::setWords(const QString& name, int softEdge)
{
    endEdit();
    MaskEntry& entry = masks_[active_];
    if (entry.name == name && entry.softEdge == softEdge)
        return;
    const bool merges = done_ > 0 && done_ == edits_.size() && edits_.back().kind == MaskEdit::Kind::Words
                        && edits_.back().mask == entry.id && entry.name == name && edits_.back().name == name;
    if (merges) {
        entry.softEdge = softEdge;
        Q_EMIT masksChanged();
        return;
    }
    MaskEdit edit{.kind = MaskEdit::Kind::Words, .mask = entry.id, .name = name, .softEdge = softEdge};
    carryOut(edit);
    keep(std::move(edit));
}

void Document::carryOut(MaskEdit& edit)
{
    switch (edit.kind) {
    case MaskEdit::Kind::Pixels:
        useMask(indexOf(edit.mask));
        return applyFlips(edit.flips);
    case MaskEdit::Kind::Words: {
        useMask(indexOf(edit.mask));
        std::swap(masks_[active_].name, edit.name);
        std::swap(masks_[active_].softEdge, edit.softEdge);
        Q_EMIT masksChanged();
        return;
    }
    case MaskEdit::Kind::Presence:
        break;
    }
    if (edit.held) {
        masks_.insert(masks_.begin() + edit.at, *std::exchange(edit.held, std::nullopt));
        active_ = std::size_t(edit.at);
    } else {
        edit.at = indexOf(edit.mask);
        edit.held = std::move(masks_[std::size_t(edit.at)]);
        masks_.erase(masks_.begin() + edit.at);
        active_ = std::size_t(std::max(0, edit.at - 1));
    }
    ++version_;
    Q_EMIT masksChanged();
    Q_EMIT maskReplaced();
}

} // namespace lacuna::ui
