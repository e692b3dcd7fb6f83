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

constexpr int sideWidth = 264, leastHeight = 92, valueWidth = 128;
constexpr int slidersBelow = 380, useBelow = 160;
constexpr double belowHeight = 84; ///< of text and sliders under the strip

/// What LPIPS and NIQE say, and whether known pixels are what they were.
QString judgedText(const SweepTable& table, int cell)
{
    QString text;
    for (const auto& [name, value] : table.entry(cell).judged)
        text += QStringLiteral(" %1 %2.").arg(QString::fromStdString(name), figureText(value));
    if (table.breaksKnown(cell))
        text += u' '
                + SweepDetail::tr("Known pixels agree to %1 dB only.")
                      .arg(QString::number(table.entry(cell).knownDb, 'f', 1));
    return text;
}

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
    layout_ = new QBoxLayout(QBoxLayout::LeftToRight, this);
    layout_->setContentsMargins({});
    layout_->setSpacing(2 * grid);
    layout_->addWidget(strip_, 1);
    parts_ = new QBoxLayout(QBoxLayout::TopToBottom);
    parts_->setSpacing(2 * grid);
    layout_->addLayout(parts_);

    auto* words = new QWidget(this);
    auto* lines = new QVBoxLayout(words);
    lines->setContentsMargins({});
    lines->setSpacing(2);
    figures_->setWordWrap(true);
    figures_->setMinimumHeight(3 * figures_->fontMetrics().lineSpacing());
    lines->addWidget(place_);
    lines->addWidget(figures_);
    parts_->addWidget(words);

    auto* controls = new QWidget(this);
    auto* rows = new QGridLayout(controls);
    rows->setContentsMargins({});
    rows->setVerticalSpacing(4);
    rows->setHorizontalSpacing(grid);
    rows->setColumnStretch(1, 1);
    for (int axis = 0; axis < 2; ++axis) {
        sliders_[axis] = new QSlider(Qt::Horizontal, controls);
        sliders_[axis]->setPageStep(1);
        names_[axis] = makeLabel({}, TextRole::Body, false, controls);
        names_[axis]->setBuddy(sliders_[axis]);
        values_[axis] = makeLabel({}, TextRole::Small, true, controls);
        values_[axis]->setFixedWidth(valueWidth);
        rows->addWidget(names_[axis], axis, 0);
        rows->addWidget(sliders_[axis], axis, 1);
        rows->addWidget(values_[axis], axis, 2);
        connect(sliders_[axis], &QSlider::valueChanged, this, &SweepDetail::slide);
    }
    sliders_[0]->setObjectName(QStringLiteral("sweep-row"));
    sliders_[1]->setObjectName(QStringLiteral("sweep-column"));
    parts_->addWidget(controls);

    use_ = new QPushButton(tr("Use This Cell"), this);
    use_->setAccessibleName(use_->text());
    use_->setObjectName(QStringLiteral("sweep-use"));
    use_->setToolTip(tr("Put the values of this cell into the panel beside the picture"));
    parts_->addWidget(use_);
    parts_->addStretch(1);
    words->setFixedWidth(sideWidth);
    controls_ = controls;
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
    arrange();
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
                              .arg(figureText(table_->figure(selected_, "diversity")),
                                   figureText(table_->figure(selected_, "nearest")),
                                   figureText(table_->figure(selected_, "seam")))
                          + (std::isfinite(table_->figure(selected_, "feature distance"))
                                 ? u' '
                                       + tr("Colours and gradients differ by %1.")
                                             .arg(figureText(table_->figure(selected_, "feature distance")))
                                 : QString())
                          + judgedText(*table_, selected_));
    }
}

void SweepDetail::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// Text and sliders stand where they leave more room to the strip: beside or below it.
void SweepDetail::arrange()
{
    const int count = table_ && selected_ >= 0 ? table_->job(selected_).recipe.count : 5;
    const double beside =
        std::min(stripHeight(width() - sideWidth - 2.0 * grid, count, shape_), double(height()));
    const double below = std::min(stripHeight(width(), count, shape_), height() - belowHeight);
    const bool under = below > beside;
    layout_->setDirection(under ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    parts_->setDirection(under ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    controls_->setFixedWidth(under ? slidersBelow : sideWidth);
    use_->setFixedWidth(under ? useBelow : sideWidth);
    strip_->setMaximumHeight(under ? std::max(0, int(below) + 1) : QWIDGETSIZE_MAX);
    parts_->setAlignment(Qt::AlignTop);
    layout_->setAlignment(parts_, Qt::AlignTop);
}

void SweepDetail::slide()
{
    if (table_ && !table_->empty())
        Q_EMIT selected(table_->cell(sliders_[0]->value(), sliders_[1]->value()));
}

} // namespace lacuna::ui
