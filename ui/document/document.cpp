// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/document.h"

#include <algorithm>
#include <utility>

#include "engine/core/error.h"
#include "ui/document/display_colours.h"

namespace lacuna::ui {

LoadedPicture preparePicture(Picture picture, const QString& name, Mask mask)
{
    auto display = std::make_shared<const Pyramid>(asDisplayed(picture, profileOf(picture)));
    return {
        .name = name, .picture = std::move(picture), .display = std::move(display), .mask = std::move(mask)};
}

double Document::coverage() const
{
    return mask_.values.empty() ? 0 : double(holePixels_) / double(mask_.values.size());
}

void Document::open(const LoadedPicture& loaded)
{
    name_ = loaded.name;
    source_ = loaded.source;
    picture_ = loaded.picture;
    display_ = loaded.display;
    mask_ = loaded.mask.values.empty() ? Mask(picture_.width, picture_.height) : loaded.mask;
    holePixels_ = mask_.hole_pixels();
    edit_ = {};
    edits_.clear();
    done_ = 0;
    Q_EMIT opened();
    Q_EMIT historyChanged();
}

void Document::beginEdit()
{
    endEdit();
}

void Document::addShape(const Shape& shape, bool hole)
{
    QRect touched;
    const std::int64_t before = edit_.holeGrowth();
    shape(size(), [&](int y, int first, int past) {
        edit_.setSpan(mask_, y, first, past, hole);
        touched |= QRect(first, y, past - first, 1);
    });
    const std::int64_t growth = edit_.holeGrowth() - before;
    if (growth == 0)
        return;
    holePixels_ += std::size_t(growth);
    Q_EMIT maskChanged(touched);
}

void Document::endEdit()
{
    if (!edit_.empty())
        keep(std::exchange(edit_, {}));
}

void Document::cancelEdit()
{
    applyEdit(std::exchange(edit_, {}));
}

void Document::editRows(const std::function<void(int y)>& editRow)
{
    if (!isOpen())
        return;
    beginEdit();
    for (int y = 0; y < mask_.height; ++y)
        editRow(y);
    holePixels_ += std::size_t(edit_.holeGrowth());
    if (!edit_.empty())
        Q_EMIT maskChanged(edit_.bounds());
    endEdit();
}

void Document::invertMask()
{
    editRows([this](int y) { edit_.flipSpan(mask_, y, 0, mask_.width); });
}

void Document::fillMask(bool hole)
{
    editRows([this, hole](int y) { edit_.setSpan(mask_, y, 0, mask_.width, hole); });
}

void Document::replaceMask(const Mask& mask)
{
    check(mask.width == mask_.width && mask.height == mask_.height, "a mask has the size of its picture");
    editRows([this, &mask](int y) {
        const std::uint8_t* row = mask.values.data() + std::size_t(y) * mask.width;
        for (int x = 0; x < mask.width;) { // runs of one value
            const auto* past = std::find_if(row + x, row + mask.width,
                                            [value = row[x]](std::uint8_t other) { return other != value; });
            edit_.setSpan(mask_, y, x, int(past - row), row[x] != 0);
            x = int(past - row);
        }
    });
}

void Document::keep(MaskFlips edit)
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

void Document::applyEdit(const MaskFlips& edit)
{
    if (edit.empty())
        return;
    holePixels_ += std::size_t(edit.apply(mask_));
    Q_EMIT maskChanged(edit.bounds());
}

void Document::undo()
{
    endEdit();
    if (!canUndo())
        return;
    applyEdit(edits_[--done_]);
    Q_EMIT historyChanged();
}

void Document::redo()
{
    endEdit();
    if (!canRedo())
        return;
    applyEdit(edits_[done_++]);
    Q_EMIT historyChanged();
}

std::size_t Document::historyBytes() const
{
    std::size_t sum = 0;
    for (const MaskFlips& edit : edits_)
        sum += edit.bytes();
    return sum;
}

} // namespace lacuna::ui
