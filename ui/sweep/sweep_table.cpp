// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweep/sweep_table.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "engine/core/default_recipe.h"
#include "engine/core/diversity.h"
#include "engine/core/error.h"
#include "engine/core/known_pixels.h"
#include "engine/sweep/sweep_cells.h"

namespace lacuna::ui {
namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("SweepTable", text);
}

struct ParameterTitle {
    const char* parameter;
    const char* title;
};
/// Where it is not the name itself.
constexpr ParameterTitle titles[] = {
    {"bound", QT_TRANSLATE_NOOP("SweepTable", "D")},
    {"count", QT_TRANSLATE_NOOP("SweepTable", "set size")},
    {"pool", QT_TRANSLATE_NOOP("SweepTable", "pool size")},
    {"select", QT_TRANSLATE_NOOP("SweepTable", "selection")},
    {"method-eta", QT_TRANSLATE_NOOP("SweepTable", "eta of the method")},
    {"steps", QT_TRANSLATE_NOOP("SweepTable", "steps")},
    {"seed", QT_TRANSLATE_NOOP("SweepTable", "seed")},
    {"model", QT_TRANSLATE_NOOP("SweepTable", "model")},
    {"class", QT_TRANSLATE_NOOP("SweepTable", "class")},
    {"method", QT_TRANSLATE_NOOP("SweepTable", "method")},
    {"sampler", QT_TRANSLATE_NOOP("SweepTable", "sampler")},
    {"schedule", QT_TRANSLATE_NOOP("SweepTable", "noise levels")},
    {"particles", QT_TRANSLATE_NOOP("SweepTable", "particle guidance")},
    {"kernel", QT_TRANSLATE_NOOP("SweepTable", "kernel")},
};

} // namespace

QString figureText(double value)
{
    if (!std::isfinite(value))
        return QStringLiteral("–");
    const double size = std::abs(value);
    return QString::number(value, 'f', size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

QString parameterTitle(const std::string& parameter)
{
    for (const ParameterTitle& one : titles)
        if (parameter == one.parameter)
            return words(one.title);
    return QString::fromStdString(parameter);
}

QString suggestedValues(const std::string& parameter, const Recipe& base)
{
    const bool photo = base.model == this_photo_model;
    QStringList values;
    if (parameter == "eta") {
        for (const double dial : {0.0, 25.0, 50.0, 100.0})
            values << QString::number(
                diversity(dial, photo ? DiversityFor::ThisPhoto : DiversityFor::Network).eta);
    } else if (parameter == "bound") {
        values = {"12", "24", "36", "none"};
    } else if (parameter == "steps") {
        values = {"10", "25", "50"};
    } else if (parameter == "count") {
        values = {"3", "5", "8"};
    } else if (parameter == "seed") {
        for (std::uint64_t i = 0; i < 4; ++i)
            values << QString::number(base.seed + i);
    } else if (parameter == "model") {
        values << QString::fromStdString(base.model);
    } else if (parameter == "method") {
        values << QString::fromStdString(base.method);
    } else if (parameter == "sampler") {
        values = {"ddim", "ddpm", "ge"};
    } else if (parameter == "schedule") {
        values = {"log-linear", "ddpm"};
    } else if (parameter == "select") {
        values = {"fps", "kmeans", "uniform", "random"};
    }
    return values.join(QStringLiteral(", "));
}

SweepTable::SweepTable(Recipe base, std::vector<SweepAxis> axes, std::vector<SweepJob> jobs,
                       const BoundScale& scale)
    : base_(std::move(base)),
      axes_(std::move(axes)),
      jobs_(std::move(jobs)),
      scale_(scale),
      measures_(stored_measures()),
      entries_(jobs_.size())
{
    check(axes_.size() == 2, "a board has two axes");
}

std::vector<int> SweepTable::update(const std::string& id, const std::function<void(SweepEntry&)>& change)
{
    std::vector<int> changed;
    bool figures = false;
    for (int cell = 0; cell < count(); ++cell)
        if (job(cell).id == id) {
            figures = figures || done(cell);
            change(entries_[std::size_t(cell)]);
            figures = figures || done(cell);
            changed.push_back(cell);
        }
    if (figures)
        findBest();
    return changed;
}

void SweepTable::findBest()
{
    best_.clear();
    for (const std::size_t cell : pareto_cells(report()))
        best_.push_back(int(cell));
}

void SweepTable::setMeasures(std::vector<SweepMeasure> measures)
{
    measures_ = std::move(measures);
    findBest();
}

void SweepTable::adopt(const SweepTable& other)
{
    for (int cell = 0; cell < other.count(); ++cell)
        update(other.job(cell).id, [&](SweepEntry& entry) { entry = other.entry(cell); });
}

double SweepTable::figure(int cell, int measure) const
{
    return figure(cell, measures_[std::size_t(measure)].name);
}

double SweepTable::figure(int cell, const std::string& measure) const
{
    if (!done(cell))
        return std::numeric_limits<double>::quiet_NaN();
    const SweepEntry& known = entry(cell);
    static const std::vector<SweepMeasure> stored = stored_measures();
    for (std::size_t i = 0; i < stored.size() && i < known.cell.figures.size(); ++i)
        if (stored[i].name == measure)
            return known.cell.figures[i];
    const auto judged = known.judged.find(measure);
    return judged == known.judged.end() ? std::numeric_limits<double>::quiet_NaN() : judged->second;
}

QString SweepTable::valueTitle(int axis, int value) const
{
    const SweepAxis& a = axes_[std::size_t(axis)];
    const std::string& text = a.values[std::size_t(value)];
    if (a.parameter != "bound")
        return QString::fromStdString(text);
    const Bound bound = parse_sweep_bound(text);
    if (std::isinf(bound.value))
        return words(QT_TRANSLATE_NOOP("SweepTable", "no bound"));
    return words(QT_TRANSLATE_NOOP("SweepTable", "%1 grey levels"))
        .arg(QString::number(bound.in(BoundConvention::GrayLevels, scale_).value, 'g', 3));
}

QString SweepTable::valueShort(int axis, int value) const
{
    const SweepAxis& a = axes_[std::size_t(axis)];
    const QString title = valueTitle(axis, value);
    if (a.parameter != "bound")
        return title;
    return std::isinf(parse_sweep_bound(a.values[std::size_t(value)]).value)
               ? words(QT_TRANSLATE_NOOP("SweepTable", "none"))
               : title.section(u' ', 0, 0);
}

QString SweepTable::valueNote(int axis, int value) const
{
    const SweepAxis& a = axes_[std::size_t(axis)];
    if (a.parameter != "bound")
        return {};
    const Bound bound = parse_sweep_bound(a.values[std::size_t(value)]);
    if (std::isinf(bound.value))
        return QStringLiteral("D = ∞");
    return QStringLiteral("D = %1").arg(
        QString::number(bound.in(BoundConvention::PerImage, scale_).value, 'g', 3));
}

QString SweepTable::place(int cell) const
{
    const auto part = [&](int axis, int value) {
        return QStringLiteral("%1 %2").arg(parameterTitle(axes_[std::size_t(axis)].parameter),
                                           valueTitle(axis, value));
    };
    return part(0, rowOf(cell)) + QStringLiteral(", ") + part(1, columnOf(cell));
}

QString SweepTable::spoken(int cell) const
{
    const SweepEntry& known = entry(cell);
    QString state;
    switch (known.state) {
    case SweepEntry::State::Waiting:
        state = words(QT_TRANSLATE_NOOP("SweepTable", "not run yet"));
        break;
    case SweepEntry::State::Running:
        state = words(QT_TRANSLATE_NOOP("SweepTable", "running, %1 %"))
                    .arg(QString::number(100 * known.share, 'f', 0));
        break;
    case SweepEntry::State::Failed:
        state = words(QT_TRANSLATE_NOOP("SweepTable", "failed. %1")).arg(known.problem);
        break;
    case SweepEntry::State::Done:
        state = words(QT_TRANSLATE_NOOP("SweepTable", "diversity %1, done")).arg(figureText(figure(cell, 0)));
        if (std::find(best_.begin(), best_.end(), cell) != best_.end())
            state += words(QT_TRANSLATE_NOOP("SweepTable", ", on the Pareto line"));
        state += breaksKnown(cell) ? words(QT_TRANSLATE_NOOP("SweepTable", ", known pixels changed: %1 dB"))
                                         .arg(QString::number(known.knownDb, 'f', 1))
                                   : words(QT_TRANSLATE_NOOP("SweepTable", ", known pixels kept"));
    }
    return place(cell) + QStringLiteral(": ") + state;
}

bool SweepTable::breaksKnown(int cell) const
{
    return done(cell) && entry(cell).knownDb < consistent_db;
}

int SweepTable::failedCells() const
{
    return int(std::count_if(entries_.begin(), entries_.end(),
                             [](const SweepEntry& one) { return one.state == SweepEntry::State::Failed; }));
}

int SweepTable::doneCells() const
{
    return int(std::count_if(entries_.begin(), entries_.end(),
                             [](const SweepEntry& one) { return one.state == SweepEntry::State::Done; }));
}

int SweepTable::openSets() const
{
    std::set<std::string> open;
    for (int cell = 0; cell < count(); ++cell)
        if (entry(cell).state == SweepEntry::State::Waiting
            || entry(cell).state == SweepEntry::State::Running)
            open.insert(job(cell).id);
    return int(open.size());
}

SweepReport SweepTable::report() const
{
    SweepReport report{.axes = axes_, .measures = measures_, .jobs = jobs_};
    for (int i = 0; i < count(); ++i) {
        report.cells.emplace_back();
        if (!done(i))
            continue;
        report.cells.back() = SweepCell{.members = entry(i).cell.members};
        for (int measure = 0; measure < int(measures_.size()); ++measure)
            report.cells.back()->figures.push_back(figure(i, measure));
    }
    return report;
}

} // namespace lacuna::ui
