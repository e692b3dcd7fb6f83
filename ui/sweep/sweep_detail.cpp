// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweep/sweep_detail.h"

#include <QGridLayout>
#include <QPainter>
#include <QPushButton>
#include <QSlider>

#include <algorithm>
#include <cmath>

#include "ui/appearance/pieces.h"
#include "ui/sweep/strip_painting.h"

namespace lacuna::ui {
namespace {

constexpr int sideWidth = 264, leastHeight = 92, valueWidth = 98;

} // namespace

/// The members of the cell as large as the room allows.
class SweepDetail::LargeStrip : public QWidget {
public:
    explicit LargeStrip(QWidget* parent) : QWidget(parent)
    {
        setMinimumHeight(leastHeight);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    }

    void show(const SweepEntry* entry, int count, QSize shape)
    {
        entry_ = entry;
        count_ = count;
        shape_ = shape;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        if (!entry_)
            return;
        QPainter painter(this);
        paintStrip(painter, rect(), entry_->strip, count_, shape_);
    }

private:
    const SweepEntry* entry_ = nullptr;
    int count_ = 1;
    QSize shape_{1, 1};
};

SweepDetail::SweepDetail(QWidget* parent)
    : QWidget(parent),
      strip_(new LargeStrip(this)),
      place_(makeLabel({}, TextRole::Heading, false, this)),
      figures_(makeLabel({}, TextRole::Small, true, this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2 * grid);
    layout->addWidget(strip_, 1);
    auto* side = new QWidget(this);
    side->setFixedWidth(sideWidth);
    layout->addWidget(side);
    auto* column = new QGridLayout(side);
    column->setContentsMargins({});
    column->setVerticalSpacing(4);
    column->setHorizontalSpacing(grid);
    column->setColumnStretch(1, 1);
    figures_->setWordWrap(true);
    column->addWidget(place_, 0, 0, 1, 3);
    column->addWidget(figures_, 1, 0, 1, 3);
    for (int axis = 0; axis < 2; ++axis) {
        sliders_[axis] = new QSlider(Qt::Horizontal, side);
        sliders_[axis]->setPageStep(1);
        names_[axis] = makeLabel({}, TextRole::Body, false, side);
        names_[axis]->setBuddy(sliders_[axis]);
        values_[axis] = makeLabel({}, TextRole::Small, true, side);
        values_[axis]->setFixedWidth(valueWidth);
        column->addWidget(names_[axis], 2 + axis, 0);
        column->addWidget(sliders_[axis], 2 + axis, 1);
        column->addWidget(values_[axis], 2 + axis, 2);
        connect(sliders_[axis], &QSlider::valueChanged, this, &SweepDetail::slide);
    }
    sliders_[0]->setObjectName(QStringLiteral("sweep-row"));
    sliders_[1]->setObjectName(QStringLiteral("sweep-column"));
    use_ = new QPushButton(tr("&Use This Cell"), side);
    use_->setObjectName(QStringLiteral("sweep-use"));
    use_->setToolTip(tr("Put the values of this cell into the panel beside the picture"));
    column->setRowStretch(4, 1);
    column->addWidget(use_, 5, 0, 1, 3);
    connect(use_, &QPushButton::clicked, this, [this] {
        if (selected_ >= 0)
            Q_EMIT used(selected_);
    });
}

void SweepDetail::show(const SweepTable& table, QSize shape)
{
    table_ = &table;
    selected_ = -1;
    strip_->show(nullptr, 1, shape);
    for (int axis = 0; axis < 2; ++axis) {
        const QSignalBlocker quiet(sliders_[axis]);
        const int values = axis == 0 ? table.rows() : table.columns();
        sliders_[axis]->setRange(0, std::max(0, values - 1));
        sliders_[axis]->setEnabled(values > 1);
        const QString title =
            table.empty() ? QString() : parameterTitle(table.axes()[std::size_t(axis)].parameter);
        names_[axis]->setText(title);
        sliders_[axis]->setAccessibleName(tr("Value of %1").arg(title));
    }
    setEnabled(!table.empty());
    shape_ = shape;
}

void SweepDetail::select(int cell)
{
    selected_ = cell;
    refresh();
}

void SweepDetail::refresh()
{
    if (!table_ || selected_ < 0 || selected_ >= table_->count())
        return;
    const SweepEntry& entry = table_->entry(selected_);
    strip_->show(&entry, table_->job(selected_).recipe.count, shape_);
    strip_->setAccessibleName(table_->spoken(selected_));
    const int at[] = {table_->rowOf(selected_), table_->columnOf(selected_)};
    for (int axis = 0; axis < 2; ++axis) {
        const QSignalBlocker quiet(sliders_[axis]);
        sliders_[axis]->setValue(at[axis]);
        values_[axis]->setText(table_->valueTitle(axis, at[axis]));
        sliders_[axis]->setAccessibleDescription(values_[axis]->text());
    }
    place_->setText(table_->place(selected_));
    switch (entry.state) {
    case SweepEntry::State::Waiting:
        figures_->setText(tr("Not run yet."));
        break;
    case SweepEntry::State::Running:
        figures_->setText(tr("Running, %1 %.").arg(QString::number(100 * entry.share, 'f', 0)));
        break;
    case SweepEntry::State::Failed:
        figures_->setText(entry.problem);
        break;
    case SweepEntry::State::Done:
        figures_->setText(tr("Diversity %1 grey levels, nearest mates %2. Seam %3, where 1 shows none.")
                              .arg(figureText(table_->figure(selected_, 0)),
                                   figureText(table_->figure(selected_, 2)),
                                   figureText(table_->figure(selected_, 1)))
                          + (std::isfinite(table_->figure(selected_, 3))
                                 ? u' '
                                       + tr("Colours and gradients differ by %1.")
                                             .arg(figureText(table_->figure(selected_, 3)))
                                 : QString()));
    }
}

void SweepDetail::slide()
{
    if (table_ && !table_->empty())
        Q_EMIT selected(table_->cell(sliders_[0]->value(), sliders_[1]->value()));
}

} // namespace lacuna::ui
