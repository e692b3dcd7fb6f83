// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweep/sweep_board.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "engine/core/default_recipe.h"
#include "ui/appearance/pieces.h"
#include "ui/models/model_entry.h"
#include "ui/panels/run_box.h"
#include "ui/sweep/axis_editor.h"
#include "ui/sweep/heat_map.h"
#include "ui/sweep/pareto_plot.h"
#include "ui/sweep/sweep_detail.h"
#include "ui/sweep/sweep_grid.h"

namespace lacuna::ui {
namespace {

constexpr int sideWidth = 320, side = 20;

} // namespace

SweepBoard::SweepBoard(const EngineLink& beside, const std::filesystem::path& folder, QWidget* parent)
    : QWidget(parent),
      sweep_(beside, folder, nullptr)
{
    setAccessibleName(tr("Sweep"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHeader());
    pages_ = new QStackedWidget(this);
    explanation_ = makeLabel({}, TextRole::Body, true, pages_);
    explanation_->setObjectName(QStringLiteral("sweep-explanation"));
    explanation_->setAlignment(Qt::AlignCenter);
    explanation_->setWordWrap(true);
    explanation_->setMargin(6 * grid);
    pages_->addWidget(explanation_);
    pages_->addWidget(makeBody());
    column->addWidget(pages_, 1);

    connect(&sweep_, &Sweep::planned, this, &SweepBoard::showPlan);
    connect(&sweep_, &Sweep::stateChanged, this, &SweepBoard::showState);
    connect(&sweep_, &Sweep::cellChanged, this, &SweepBoard::showCell);
    connect(&sweep_, &Sweep::failed, this, [this](const QString& message) {
        showPlan(); // the fields show what is swept
        Q_EMIT told(message, true);
    });
    connect(grid_, &SweepGrid::selected, this, &SweepBoard::select);
    connect(grid_, &SweepGrid::entered, this, &SweepBoard::use);
    connect(detail_, &SweepDetail::selected, this, &SweepBoard::select);
    connect(detail_, &SweepDetail::used, this, &SweepBoard::use);
    connect(plot_, &ParetoPlot::selected, this, &SweepBoard::select);
    for (HeatMap* map : heat_)
        connect(map, &HeatMap::selected, this, &SweepBoard::select);
    showPlan();
    showState();
}

QWidget* SweepBoard::makeHeader()
{
    auto* header = new Ground(Ground::Shade::Surface, Qt::BottomEdge, this);
    auto* rows = new QVBoxLayout(header);
    rows->setContentsMargins(side, 10, side, 10);
    rows->setSpacing(grid);
    auto* first = new QHBoxLayout;
    first->setSpacing(grid);
    auto* back = new QPushButton(tr("‹ Picture"), header);
    back->setObjectName(QStringLiteral("sweep-back"));
    back->setProperty("flatLook", true);
    back->setAccessibleName(tr("Back to the picture"));
    back->setToolTip(tr("Back to the picture; a sweep that runs goes on"));
    connect(back, &QPushButton::clicked, this, &SweepBoard::left);
    base_ = makeLabel({}, TextRole::Body, true, header);
    status_ = makeLabel({}, TextRole::Body, true, header);
    status_->setObjectName(QStringLiteral("sweep-status"));
    status_->setAccessibleName(tr("State of the sweep"));
    export_ = makeExport(header);
    run_ = new QPushButton(tr("Run"), header);
    run_->setFixedHeight(controlHeight);
    run_->setObjectName(QStringLiteral("sweep-run"));
    run_->setProperty("primary", true);
    run_->setAccessibleName(tr("Run the sweep"));
    run_->setMinimumWidth(104);
    connect(run_, &QPushButton::clicked, this, [this] { sweep_.running() ? sweep_.stop() : sweep_.start(); });
    first->addWidget(back);
    first->addWidget(makeLabel(tr("Sweep"), TextRole::Heading, false, header));
    first->addSpacing(grid);
    first->addWidget(base_);
    first->addStretch(1);
    first->addWidget(status_);
    first->addSpacing(grid);
    first->addWidget(export_);
    first->addWidget(run_);
    auto* second = new QHBoxLayout;
    second->setSpacing(3 * grid);
    axes_[0] = new AxisEditor(tr("Ro&ws"), QStringLiteral("sweep-rows"), header);
    axes_[1] = new AxisEditor(tr("&Columns"), QStringLiteral("sweep-columns"), header);
    for (int axis = 0; axis < 2; ++axis) {
        second->addWidget(axes_[axis], 1);
        connect(axes_[axis], &AxisEditor::edited, this, [this, axis] { edited(axis); });
    }
    anew_ = new QPushButton(tr("Take the Panel’s Settings"), header);
    anew_->setAccessibleName(anew_->text());
    anew_->setObjectName(QStringLiteral("sweep-anew"));
    anew_->setToolTip(tr("Start from the model, steps, set size and seed that the panel shows now"));
    connect(anew_, &QPushButton::clicked, this, [this] { sweep_.setBase(panel_); });
    second->addWidget(anew_);
    rows->addLayout(first);
    rows->addLayout(second);
    return header;
}

QWidget* SweepBoard::makeBody()
{
    auto* body = new QWidget(pages_);
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins({});
    row->setSpacing(0);
    auto* left = new QVBoxLayout;
    left->setContentsMargins(side, grid, side, 2 * grid);
    left->setSpacing(2 * grid);
    grid_ = new SweepGrid(body);
    detail_ = new SweepDetail(body);
    left->addWidget(grid_);
    left->addWidget(detail_, 1);
    row->addLayout(left, 1);
    auto* right = new Ground(Ground::Shade::Surface, Qt::LeftEdge, body);
    right->setFixedWidth(sideWidth);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(side, 2 * grid, side, 2 * grid);
    column->setSpacing(2 * grid);
    column->addWidget(judges_ = makeJudges(right));
    for (int measure = 0; measure < 2; ++measure) {
        heat_[measure] = new HeatMap(measure, right);
        column->addWidget(heat_[measure], 2);
    }
    plot_ = new ParetoPlot(right);
    column->addWidget(plot_, 3);
    row->addWidget(right);
    return body;
}

/// Hidden where there is nobody who could measure.
QWidget* SweepBoard::makeJudges(QWidget* parent)
{
    auto* row = new QWidget(parent);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(makeLabel(tr("Judge by"), TextRole::Body, true, row));
    lpips_ = new QCheckBox(tr("&LPIPS"), row);
    lpips_->setObjectName(QStringLiteral("sweep-lpips"));
    lpips_->setToolTip(tr("Diversity as a network sees it: mean LPIPS of all pairs of a set. It needs two "
                          "published files."));
    niqe_ = new QCheckBox(tr("&NIQE"), row);
    niqe_->setObjectName(QStringLiteral("sweep-niqe"));
    niqe_->setToolTip(tr("Quality of each picture by itself, by parameters fitted on Lacuna's renders: not "
                         "comparable with published NIQE. Pictures below 192 × 96 pixels are not judged."));
    layout->addStretch(1);
    for (QCheckBox* box : {lpips_, niqe_}) {
        layout->addWidget(box);
        connect(box, &QCheckBox::toggled, this, [this] {
            sweep_.setWish({lpips_->isChecked(), niqe_->isChecked()});
        });
    }
    connect(&sweep_, &Sweep::refused, this, [this](const QString& reason) {
        const std::pair<QCheckBox*, bool> before[] = {{lpips_, sweep_.wish().lpips},
                                                      {niqe_, sweep_.wish().niqe}};
        for (const auto& [box, checked] : before) {
            const QSignalBlocker quiet(box);
            box->setChecked(checked);
        }
        Q_EMIT told(reason, true);
    });
    row->hide();
    return row;
}

void SweepBoard::setJudge(const JudgeFactory& makeJudge)
{
    sweep_.setJudge(makeJudge);
    judges_->setVisible(sweep_.canJudge());
}

void SweepBoard::setModels(const std::vector<ModelInfo>& models)
{
    models_.clear();
    for (const ModelInfo& model : models)
        if (needsHoleOnly(model))
            models_.push_back(model.id);
    for (AxisEditor* editor : axes_)
        editor->setModels(models_);
}

void SweepBoard::open(const Picture& picture, const Mask& mask, const Recipe& panel)
{
    open(picture, mask, panel, {});
}

void SweepBoard::openProbe(const Picture& picture, const Mask& mask, const Recipe& panel)
{
    const std::vector<std::string> models = models_.empty() ? std::vector{panel.model} : models_;
    open(picture, mask, panel,
         std::vector<SweepAxis>{{"model", models}, {"seed", {std::to_string(panel.seed)}}});
}

void SweepBoard::open(const Picture& picture, const Mask& mask, const Recipe& panel,
                      const std::optional<std::vector<SweepAxis>>& axes)
{
    panel_ = panel;
    const std::size_t hole = mask.hole_pixels();
    if (hole == 0 || hole == mask.values.size()) {
        sweep_.close();
        explanation_->setText(picture.empty()
                                  ? tr("Open a picture and paint a hole. Then this board fills it "
                                       "with many settings at once, to compare them.")
                              : hole == 0 ? tr("Paint the hole first. Then this board fills it with many "
                                               "settings at once, to compare them.")
                                          : tr("Leave a part of the picture known: all of it is marked."));
    } else {
        explanation_->setText(tr("Looking for cells that are there already…"));
        sweep_.open(picture, mask, panel, axes);
    }
    showState();
}

void SweepBoard::show(const SweepSubject& subject, SweepTable table, bool running)
{
    panel_ = table.base();
    sweep_.show(subject, std::move(table), running);
}

void SweepBoard::close()
{
    sweep_.close();
}

void SweepBoard::showPlan()
{
    const SweepTable& table = sweep_.table();
    const int before = selected_;
    grid_->show(table, sweep_.isOpen() ? sweep_.shape() : QSize(1, 1));
    detail_->show(table, sweep_.isOpen() ? sweep_.shape() : QSize(1, 1));
    for (HeatMap* map : heat_)
        map->show(table);
    plot_->show(table);
    for (int axis = 0; axis < 2 && !table.empty(); ++axis)
        axes_[axis]->show(table.axes()[std::size_t(axis)], table.base());
    selected_ = -1;
    if (!table.empty())
        select(std::clamp(before, 0, table.count() - 1));
    showState();
}

void SweepBoard::showCell(int cell)
{
    grid_->refresh(cell);
    if (cell == selected_)
        detail_->refresh();
    if (sweep_.table().entry(cell).state != SweepEntry::State::Running) {
        for (HeatMap* map : heat_)
            map->update();
        plot_->update();
    }
}

QString SweepBoard::baseText() const
{
    const Recipe& base = sweep_.table().base();
    const auto varied = [this](const char* parameter) {
        const auto& axes = sweep_.table().axes();
        return std::any_of(axes.begin(), axes.end(),
                           [parameter](const SweepAxis& axis) { return axis.parameter == parameter; });
    };
    QStringList parts;
    if (!varied("model"))
        parts << (base.model == this_photo_model ? tr("This photo") : QString::fromStdString(base.model));
    if (!varied("count"))
        parts << tr("%1 completions").arg(base.count);
    if (!varied("steps") && base.steps > 0)
        parts << tr("%1 steps").arg(base.steps);
    if (!varied("seed"))
        parts << tr("one noise, seed %1").arg(base.seed);
    return parts.join(QStringLiteral(" · "));
}

bool SweepBoard::panelDiffers() const
{
    const SweepTable& table = sweep_.table();
    try {
        return sweep_jobs(table.base(), table.axes()).front().recipe
               != sweep_jobs(panel_, table.axes()).front().recipe;
    } catch (const std::exception&) {
        return false; // the panel's settings do not go with these values
    }
}

QString SweepBoard::status() const
{
    return status_->text();
}

void SweepBoard::showState()
{
    const SweepTable& table = sweep_.table();
    pages_->setCurrentIndex(table.empty() ? 0 : 1);
    for (AxisEditor* editor : axes_)
        editor->setVisible(!table.empty());
    run_->setText(sweep_.running() ? tr("Stop") : tr("Run"));
    run_->setAccessibleName(sweep_.running() ? tr("Stop the sweep") : tr("Run the sweep"));
    export_->setEnabled(table.doneCells() > 0);
    if (table.empty()) {
        base_->clear();
        status_->clear();
        anew_->hide();
        run_->setEnabled(false);
        return;
    }
    const int done = table.doneCells(), open = table.openSets();
    base_->setText(baseText());
    anew_->setVisible(panelDiffers());
    run_->setEnabled(sweep_.running() || done < table.count());
    QString count = tr("%1 of %2 cells done").arg(done).arg(table.count());
    if (const int failed = table.failedCells(); failed > 0)
        count += tr(", %1 failed").arg(failed);
    const QString left = remainingText(sweep_.secondsLeft());
    if (sweep_.looking())
        status_->setText(tr("Looking for cells that are done…"));
    else if (sweep_.waiting())
        status_->setText(count + tr(", waits for another run"));
    else if (sweep_.running())
        status_->setText(count + (left.isEmpty() ? QString() : QStringLiteral(", ") + left));
    else if (done == 0 && table.failedCells() == 0)
        status_->setText(tr("Run fills %1 sets; cells that are done stay").arg(open));
    else
        status_->setText(done == table.count() ? tr("All %1 cells are done").arg(done) : count);
}

void SweepBoard::select(int cell)
{
    selected_ = cell;
    grid_->select(cell);
    detail_->select(cell);
    for (HeatMap* map : heat_)
        map->select(cell);
    plot_->select(cell);
}

void SweepBoard::edited(int axis)
{
    std::vector<SweepAxis> axes = sweep_.table().axes();
    const SweepAxis before = axes[std::size_t(axis)];
    axes[std::size_t(axis)] = axes_[axis]->axis();
    if (axes[0].parameter == axes[1].parameter) // rows and columns change places
        axes[std::size_t(1 - axis)] = before;
    sweep_.setAxes(std::move(axes));
}

void SweepBoard::use(int cell)
{
    Recipe recipe = sweep_.table().job(cell).recipe;
    recipe.version = recipe.picture_sha256 = recipe.mask_sha256 = recipe.model_sha256 = "";
    Q_EMIT used(recipe);
    Q_EMIT told(tr("The panel has the values of the cell: %1.").arg(sweep_.table().place(cell)), false);
}

void SweepBoard::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && sweep_.running())
        sweep_.stop();
    else
        QWidget::keyPressEvent(event);
}

} // namespace lacuna::ui
