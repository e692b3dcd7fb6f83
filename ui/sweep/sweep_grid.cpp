// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweep/sweep_grid.h"

#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/appearance/pieces.h"

namespace lacuna::ui {
namespace {

constexpr int rowTitleWidth = 92, columnTitleHeight = 40;
constexpr int leastCell = 132, mostCell = 420;

/// A value with its note below.
QWidget* valueTitle(const QString& title, const QString& note, Qt::Alignment alignment, QWidget* parent)
{
    auto* widget = new QWidget(parent);
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(2, 2, 2, 2);
    column->setSpacing(0);
    column->setAlignment(alignment);
    column->addWidget(makeLabel(title, TextRole::Body, false, widget));
    if (!note.isEmpty())
        column->addWidget(makeLabel(note, TextRole::Small, true, widget));
    return widget;
}

} // namespace

SweepGrid::SweepGrid(QWidget* parent) : QScrollArea(parent), inside_(new QWidget)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidget(inside_); // takes ownership
    inside_->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    inside_->setAccessibleName(tr("Cells of the sweep"));
}

void SweepGrid::show(const SweepTable& table, QSize shape)
{
    const bool focused = selected_ >= 0 && selected_ < int(buttons_.size()) && button(selected_)->hasFocus();
    for (auto* list : {&rowTitles_, &columnTitles_}) {
        for (QWidget* title : *list)
            title->deleteLater();
        list->clear();
    }
    for (SweepCellButton* cell : buttons_) {
        cell->hide();
        cell->deleteLater();
    }
    buttons_.clear();
    table_ = &table;
    shape_ = shape;
    const auto titles = [&](int axis, int count, Qt::Alignment alignment) {
        std::vector<QWidget*> made;
        for (int value = 0; value < count; ++value) {
            const QString name =
                axis == 0 && table.axes()[0].parameter != "bound"
                    ? parameterTitle(table.axes()[0].parameter) + u' ' + table.valueTitle(axis, value)
                    : table.valueTitle(axis, value);
            made.push_back(valueTitle(name, table.valueNote(axis, value), alignment, inside_));
            made.back()->show();
        }
        return made;
    };
    rowTitles_ = titles(0, table.rows(), Qt::AlignVCenter);
    columnTitles_ = titles(1, table.columns(), Qt::AlignBottom);
    for (int cell = 0; cell < table.count(); ++cell) {
        auto* button = new SweepCellButton(inside_);
        button->show(table, cell, shape);
        connect(button, &QAbstractButton::clicked, this, [this, cell] { Q_EMIT selected(cell); });
        connect(button, &SweepCellButton::moved, this, &SweepGrid::move);
        connect(button, &SweepCellButton::entered, this, [this, cell] { Q_EMIT entered(cell); });
        button->QWidget::show();
        buttons_.push_back(button);
    }
    selected_ = -1;
    arrange();
    select(table.empty() ? -1 : 0);
    if (focused && selected_ >= 0)
        button(selected_)->setFocus();
}

void SweepGrid::refresh(int cell)
{
    if (cell >= int(buttons_.size()))
        return;
    button(cell)->refresh();
    if (table_->done(cell)) // the Pareto line may have moved
        for (SweepCellButton* other : buttons_)
            other->refresh();
}

void SweepGrid::select(int cell)
{
    if (cell < 0 || cell >= int(buttons_.size()))
        return;
    const bool focused = selected_ >= 0 && button(selected_)->hasFocus();
    for (SweepCellButton* other : buttons_)
        other->setFocusPolicy(Qt::ClickFocus);
    selected_ = cell;
    button(cell)->setFocusPolicy(Qt::StrongFocus); // one place in the order of the Tab key
    button(cell)->setChecked(true);
    if (focused)
        button(cell)->setFocus();
    ensureWidgetVisible(button(cell), grid, grid);
}

void SweepGrid::move(int across, int down)
{
    if (selected_ < 0)
        return;
    const int row = std::clamp(table_->rowOf(selected_) + down, 0, table_->rows() - 1);
    const int column = std::clamp(table_->columnOf(selected_) + across, 0, table_->columns() - 1);
    if (const int cell = table_->cell(row, column); cell != selected_) {
        select(cell);
        Q_EMIT selected(cell);
    }
}

void SweepGrid::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

void SweepGrid::arrange()
{
    if (!table_ || table_->empty())
        return inside_->resize(0, 0);
    const int room = width() - verticalScrollBar()->sizeHint().width() - rowTitleWidth;
    const int pitch = std::clamp(room / table_->columns(), leastCell, mostCell);
    const int cellWidth = pitch - grid;
    int most = 1;
    for (int cell = 0; cell < table_->count(); ++cell)
        most = std::max(most, table_->job(cell).recipe.count);
    const int cellHeight = SweepCellButton::heightFor(cellWidth, most, shape_);
    for (int column = 0; column < table_->columns(); ++column)
        columnTitles_[std::size_t(column)]->setGeometry(rowTitleWidth + column * pitch, 0, cellWidth,
                                                        columnTitleHeight);
    for (int row = 0; row < table_->rows(); ++row) {
        const int y = columnTitleHeight + row * (cellHeight + grid);
        rowTitles_[std::size_t(row)]->setGeometry(0, y, rowTitleWidth - 4, cellHeight);
        for (int column = 0; column < table_->columns(); ++column)
            button(table_->cell(row, column))
                ->setGeometry(rowTitleWidth + column * pitch, y, cellWidth, cellHeight);
    }
    inside_->resize(rowTitleWidth + table_->columns() * pitch,
                    columnTitleHeight + table_->rows() * (cellHeight + grid));
    updateGeometry();
}

/// As high as what is inside.
QSize SweepGrid::sizeHint() const
{
    const bool wide = inside_->width() > width();
    return {inside_->width(), inside_->height() + (wide ? horizontalScrollBar()->sizeHint().height() : 0)};
}

} // namespace lacuna::ui
