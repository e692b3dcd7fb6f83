// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/tree_minimap.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

#include "ui/appearance/theme.h"
#include "ui/gallery/gallery_model.h"

namespace lacuna::ui {
namespace {

constexpr double space = 2;          ///< between rows, and between wide blocks
constexpr double spaceOfWidth = 0.4; ///< between narrow ones
constexpr double narrowest = 1;      ///< narrower blocks are not drawn

} // namespace

TreeMinimap::TreeMinimap(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("tree-minimap"));
    setAccessibleName(tr("Tree of the candidates"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void TreeMinimap::show(const GalleryModel& model)
{
    blocks_.clear();
    of_ = model.count();
    if (const GalleryTree* tree = model.tree()) {
        const auto& nodes = tree->nodes();
        const int open = model.branch() == GalleryModel::root ? root_branch : *tree->node_of(model.branch());
        const int end = open == root_branch ? int(nodes.size()) : open + nodes[std::size_t(open)].size;
        std::vector<double> next(nodes.size()); // where the next card of its branch begins
        double root = 0;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const TreeNode& node = nodes[i];
            double& at = node.parent == root_branch ? root : next[std::size_t(node.parent)];
            // The candidates below a card share its whole width.
            const TreeNode* above = node.parent == root_branch ? nullptr : &nodes[std::size_t(node.parent)];
            const double unit =
                above ? (blocks_[std::size_t(node.parent)].right - blocks_[std::size_t(node.parent)].left)
                            / (above->size - 1)
                      : 1.0 / double(nodes.size());
            Block block{.candidate = node.candidate,
                        .parent = above ? above->candidate : GalleryModel::root,
                        .size = node.size,
                        .level = node.depth,
                        .left = at,
                        .right = at + unit * node.size};
            at = block.right;
            next[i] = block.left;
            block.inBranch = int(i) > open && int(i) < end;
            block.card = node.parent == open;
            block.starred = model.starred(node.candidate);
            blocks_.push_back(block);
        }
    }
    setAccessibleDescription(of_ > 0 ? tr("%1 candidates, %2 cards shown").arg(of_).arg(model.cards().size())
                                     : QString());
    update();
}

QRectF TreeMinimap::area(const Block& block) const
{
    if (block.level >= levels)
        return {};
    const double row = (height() + space) / double(levels);
    const double x0 = block.left * width(), x1 = block.right * width();
    return {x0, block.level * row, x1 - x0 - std::min(space, spaceOfWidth * (x1 - x0)), row - space};
}

QRectF TreeMinimap::blockOf(int candidate) const
{
    for (const Block& block : blocks_)
        if (block.candidate == candidate)
            return area(block);
    return {};
}

std::optional<TreeMinimap::Block> TreeMinimap::blockAt(QPointF point) const
{
    for (const Block& block : blocks_)
        if (area(block).adjusted(0, 0, space, space).contains(point))
            return block;
    return std::nullopt;
}

void TreeMinimap::paintEvent(QPaintEvent*)
{
    const Theme& t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (const Block& block : blocks_) {
        const QRectF place = area(block);
        if (place.width() < narrowest)
            continue;
        QColor below = t.accent;
        below.setAlphaF(t.dark ? 0.42f : 0.34f);
        painter.setBrush(block.card ? t.accent : block.inBranch ? below : t.borderStrong);
        const double radius = std::min(3.0, place.width() / 2);
        painter.drawRoundedRect(place, radius, radius);
        if (block.starred && place.width() > 6) {
            painter.setBrush(block.card ? t.onAccent : t.text);
            painter.drawEllipse(place.center(), 2, 2);
        }
    }
}

void TreeMinimap::mousePressEvent(QMouseEvent* event)
{
    if (const auto block = blockAt(event->position()))
        Q_EMIT wanted(block->parent);
}

bool TreeMinimap::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const auto block = blockAt(help->pos()))
        QToolTip::showText(
            help->globalPos(),
            tr("Candidate %1, stands for %2 of %3").arg(block->candidate + 1).arg(block->size).arg(of_),
            this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace lacuna::ui
