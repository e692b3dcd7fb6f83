// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/document.h"

#include <algorithm>
#include <utility>

#include "engine/core/error.h"
#include "ui/document/display_colours.h"

namespace lacuna::ui {

LoadedPicture preparePicture(Picture picture, const QString& name, Mask mask)
{
    if (mask.values.empty())
        mask = Mask(picture.width, picture.height);
    auto display = std::make_shared<const Pyramid>(asDisplayed(picture, profileOf(picture)));
    return {.name = name,
            .picture = std::move(picture),
            .display = std::move(display),
            .mask = std::make_shared<Mask>(std::move(mask))};
}

double Document::coverage() const
{
    return mask().values.empty() ? 0 : double(holePixels()) / double(mask().values.size());
}

void Document::open(const LoadedPicture& loaded)
{
    name_ = loaded.name;
    source_ = loaded.source;
    picture_ = loaded.picture;
    display_ = loaded.display;
    world_ = loaded.world;
    scene_ = loaded.scene;
    takeMasks(loaded);
    ++version_;
    edit_ = {};
    edits_.clear();
    done_ = 0;
    Q_EMIT opened();
    Q_EMIT masksChanged();
    Q_EMIT historyChanged();
}

void Document::beginEdit()
{
    endEdit();
}

void Document::addShape(const Shape& shape, bool hole)
{
    QRect touched;
    MaskEntry& entry = masks_[active_];
    Mask& mask = entry.editable();
    const std::int64_t before = edit_.holeGrowth();
    const std::size_t changed = edit_.changes();
    shape(size(), [&](int y, int first, int past) {
        edit_.setSpan(mask, y, first, past, hole);
        touched |= QRect(first, y, past - first, 1);
    });
    if (edit_.changes() == changed)
        return;
    entry.holePixels += std::size_t(edit_.holeGrowth() - before);
    ++version_;
    Q_EMIT maskChanged(touched);
}

void Document::endEdit()
{
    if (edit_.empty())
        return;
    MaskEdit edit{.mask = masks_[active_].id};
    edit.flips = std::exchange(edit_, {});
    keep(std::move(edit));
}

void Document::cancelEdit()
{
    applyFlips(std::exchange(edit_, {}));
}

void Document::editRows(const std::function<void(Mask& mask, int y)>& editRow)
{
    if (!isOpen())
        return;
    beginEdit();
    MaskEntry& entry = masks_[active_];
    Mask& mask = entry.editable();
    for (int y = 0; y < mask.height; ++y)
        editRow(mask, y);
    entry.holePixels += std::size_t(edit_.holeGrowth());
    if (!edit_.empty()) {
        ++version_;
        Q_EMIT maskChanged(edit_.bounds());
    }
    endEdit();
}

void Document::invertMask()
{
    editRows([this](Mask& mask, int y) { edit_.flipSpan(mask, y, 0, mask.width); });
}

void Document::fillMask(bool hole)
{
    editRows([this, hole](Mask& mask, int y) { edit_.setSpan(mask, y, 0, mask.width, hole); });
}

void Document::replaceMask(const Mask& wanted)
{
    check(wanted.width == mask().width && wanted.height == mask().height,
          "a mask has the size of its picture");
    editRows([this, &wanted](Mask& mask, int y) { edit_.setRow(mask, y, wanted); });
}

void Document::addFlips(MaskFlips flips, std::shared_ptr<Mask> result)
{
    endEdit();
    if (flips.empty())
        return;
    MaskEntry& entry = masks_[active_];
    entry.mask = std::move(result);
    entry.holePixels += std::size_t(flips.holeGrowth());
    ++version_;
    Q_EMIT maskChanged(flips.bounds());
    MaskEdit edit{.mask = entry.id};
    edit.flips = std::move(flips);
    keep(std::move(edit));
}

void Document::keep(MaskEdit edit)
{
    edits_.resize(done_);
    edits_.push_back(std::move(edit));
    ++done_;
    while (edits_.size() > 1 && historyBytes() > historyLimit_) {
        edits_.pop_front();
        --done_;
    }
    Q_EMIT historyChanged();
}

void Document::applyFlips(const MaskFlips& flips)
{
    if (flips.empty())
        return;
    MaskEntry& entry = masks_[active_];
    entry.holePixels += std::size_t(flips.apply(entry.editable()));
    ++version_;
    Q_EMIT maskChanged(flips.bounds());
}

void Document::undo()
{
    endEdit();
    if (!canUndo())
        return;
    carryOut(edits_[--done_]);
    Q_EMIT historyChanged();
}

void Document::redo()
{
    endEdit();
    if (!canRedo())
        return;
    carryOut(edits_[done_++]);
    Q_EMIT historyChanged();
}

std::size_t Document::historyBytes() const
{
    std::size_t sum = 0;
    for (const MaskEdit& edit : edits_)
        sum += edit.bytes();
    return sum;
}

} // namespace lacuna::ui
