// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/speed_memory.h"

#include <QObject>
#include <QSettings>

#include <cmath>

#include "engine/core/default_recipe.h"

namespace lacuna::ui {
namespace {

constexpr int fewestCalls = 3;      ///< between two reports that a speed is believed from
constexpr double newestShare = 0.5; ///< of what is remembered

} // namespace

void SpeedMemory::setFile(const std::filesystem::path& file)
{
    file_ = QString::fromStdU16String(file.u16string());
    const QSettings settings(file_, QSettings::IniFormat);
    for (const QString& key : settings.allKeys()) {
        bool number = false;
        const double value = settings.value(key).toString().toDouble(&number); // never by the locale
        if (number && std::isfinite(value) && value > 0)
            known_[key] = value;
    }
}

QString SpeedMemory::key(const Recipe& recipe)
{
    QString model = QString::fromStdString(recipe.model);
    for (QChar& c : model)
        if (!c.isLetterOrNumber() && c != u'-' && c != u'.')
            c = u'_'; // a path would be a group of settings
    return model + u'/' + QString::fromStdString(recipe.method);
}

double SpeedMemory::unit(const Recipe& recipe, std::size_t holePixels)
{
    return recipe.model == this_photo_model ? std::max(1.0, double(holePixels)) : 1;
}

std::optional<double> SpeedMemory::seconds(const Recipe& recipe, std::size_t holePixels) const
{
    const auto found = known_.find(key(recipe));
    if (found == known_.end())
        return std::nullopt;
    return found->second * unit(recipe, holePixels);
}

void SpeedMemory::begin(const Recipe& recipe, std::size_t holePixels)
{
    run_ = Run{recipe, unit(recipe, holePixels), {}, {}};
}

void SpeedMemory::note(const Progress& progress)
{
    if (!run_ || progress.phase != "Sampling" || progress.done == 0)
        return;
    std::optional<Progress>& place = run_->first ? run_->last : run_->first;
    place = Progress{};
    place->done = progress.done;
    place->seconds = progress.seconds;
}

bool SpeedMemory::end()
{
    const std::optional<Run> run = std::exchange(run_, std::nullopt);
    if (!run || !run->last)
        return false;
    const int calls = run->last->done - run->first->done;
    const double time = run->last->seconds - run->first->seconds;
    if (calls < fewestCalls || !(time > 0))
        return false;
    const double measured = time / calls / run->recipe.count / run->unit;
    const auto [entry, isNew] = known_.try_emplace(key(run->recipe), measured);
    if (!isNew)
        entry->second += newestShare * (measured - entry->second);
    if (!file_.isEmpty())
        QSettings(file_, QSettings::IniFormat)
            .setValue(entry->first, QString::number(entry->second, 'g', 17));
    return true;
}

QString durationText(double seconds)
{
    const auto rounded = [](double value, int to) { return int(std::lround(value / to)) * to; };
    if (seconds < 20)
        return QObject::tr("%1 s").arg(std::max(1, rounded(seconds, 1)));
    if (seconds < 57.5)
        return QObject::tr("%1 s").arg(rounded(seconds, 5));
    if (seconds < 595) {
        const int all = rounded(seconds, 10);
        return all % 60 == 0 ? QObject::tr("%1 min").arg(all / 60)
                             : QObject::tr("%1 min %2 s").arg(all / 60).arg(all % 60);
    }
    const int minutes = rounded(seconds / 60, 1);
    if (minutes < 60)
        return QObject::tr("%1 min").arg(minutes);
    const int tens = rounded(minutes, 10);
    return tens % 60 == 0 ? QObject::tr("%1 h").arg(tens / 60)
                          : QObject::tr("%1 h %2 min").arg(tens / 60).arg(tens % 60);
}

} // namespace lacuna::ui
