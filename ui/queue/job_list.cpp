// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue/job_list.h"

#include <QLocale>

#include <algorithm>
#include <utility>

#include "engine/core/default_recipe.h"

namespace lacuna::ui {
namespace {

int rank(Job::State state)
{
    return state == Job::State::Done ? 0 : state == Job::State::Running ? 1 : 2;
}

} // namespace

QString describe(const Recipe& recipe)
{
    const bool network = recipe.model != this_photo_model;
    const QString model = network ? QString::fromStdString(recipe.model) : JobList::tr("This photo");
    QStringList parts{model};
    if (network)
        parts << QString::fromStdString(recipe.method);
    parts << (recipe.pool > 0 ? JobList::tr("pool of %1").arg(recipe.pool)
                              : JobList::tr("%1 completions").arg(recipe.count));
    parts << JobList::tr("seed %1").arg(recipe.seed);
    return parts.join(QStringLiteral(" · "));
}

int JobList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(jobs_.size());
}

QVariant JobList::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Job& one = job(index.row());
    const QString name = tr("#%1 %2").arg(one.number).arg(one.title);
    const QString waits = one.note.isEmpty() ? tr("waiting") : one.note;
    switch (role) {
    case Qt::DisplayRole:
        return name;
    case DetailRole:
        return one.state == Job::State::Waiting && one.request ? describe(one.request->recipe) : one.note;
    case Qt::ToolTipRole:
        return one.request ? name + u'\n' + describe(one.request->recipe) + u'\n' + waits
                           : name + u'\n' + one.note;
    case Qt::AccessibleTextRole:
        return one.request ? tr("Job %1, %2, %3: %4")
                                 .arg(one.number)
                                 .arg(one.title, describe(one.request->recipe), waits)
                           : tr("Job %1, %2: %3").arg(one.number).arg(one.title, one.note);
    default:
        return {};
    }
}

int JobList::row(int number) const
{
    const auto found =
        std::find_if(jobs_.begin(), jobs_.end(), [number](const Job& one) { return one.number == number; });
    return found == jobs_.end() ? -1 : int(found - jobs_.begin());
}

int JobList::firstWaiting() const
{
    const int row = rowCount() - count(Job::State::Waiting);
    return row < rowCount() ? row : -1;
}

int JobList::count(Job::State state) const
{
    return int(
        std::count_if(jobs_.begin(), jobs_.end(), [state](const Job& one) { return one.state == state; }));
}

/// The row nearest to the wanted one where the order of states holds.
int JobList::place(int row, Job::State state) const
{
    int first = 0, last = 0;
    for (const Job& one : jobs_) {
        first += rank(one.state) < rank(state);
        last += rank(one.state) <= rank(state);
    }
    return std::clamp(row, first, last);
}

void JobList::assign(std::vector<Job> jobs)
{
    beginResetModel();
    jobs_ = std::move(jobs);
    std::stable_sort(jobs_.begin(), jobs_.end(),
                     [](const Job& a, const Job& b) { return rank(a.state) < rank(b.state); });
    endResetModel();
    Q_EMIT edited();
}

void JobList::insert(int row, const Job& job)
{
    const int at = place(row, job.state);
    beginInsertRows({}, at, at);
    jobs_.insert(jobs_.begin() + at, job);
    endInsertRows();
    Q_EMIT edited();
}

Job JobList::take(int row)
{
    beginRemoveRows({}, row, row);
    Job job = std::move(jobs_[std::size_t(row)]);
    jobs_.erase(jobs_.begin() + row);
    endRemoveRows();
    Q_EMIT edited();
    return job;
}

void JobList::replace(int row, const Job& job)
{
    jobs_[std::size_t(row)] = job;
    Q_EMIT dataChanged(index(row), index(row));
}

bool JobList::move(int from, int to)
{
    const bool known = from >= 0 && from < rowCount() && to >= 0 && to < rowCount() && from != to;
    if (!known || job(from).state != Job::State::Waiting || job(to).state != Job::State::Waiting)
        return false;
    beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
    Job moved = std::move(jobs_[std::size_t(from)]);
    jobs_.erase(jobs_.begin() + from);
    jobs_.insert(jobs_.begin() + to, std::move(moved));
    endMoveRows();
    Q_EMIT edited();
    return true;
}

} // namespace lacuna::ui
