// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

#include <vector>

#include "ui/queue/job.h"

namespace lacuna::ui {

/// The jobs in their order: what is done, then the one that runs, then those that wait. Only these can be moved, and
/// only among themselves.
class JobList : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr int DetailRole = Qt::UserRole; ///< the second line of a row

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    const std::vector<Job>& jobs() const { return jobs_; }
    const Job& job(int row) const { return jobs_[std::size_t(row)]; }
    int row(int number) const; ///< -1: there is none
    int firstWaiting() const;  ///< row; -1: none waits
    int count(Job::State state) const;

    void assign(std::vector<Job> jobs);
    void insert(int row, const Job& job); ///< as near to there as its state allows
    void append(const Job& job) { insert(rowCount(), job); }
    Job take(int row);
    void replace(int row, const Job& job); ///< of the same state
    bool move(int from, int to);           ///< false: it cannot stand there

Q_SIGNALS:
    void edited(); ///< jobs, order or states; not the notes of running ones

private:
    int place(int row, Job::State state) const;

    std::vector<Job> jobs_{};
};

} // namespace lacuna::ui
