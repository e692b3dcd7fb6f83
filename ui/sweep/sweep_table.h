// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QSize>
#include <QString>

#include <functional>
#include <limits>
#include <map>
#include <vector>

#include "engine/sweep/sweep_report.h"

namespace lacuna::ui {

/// What is known of one cell.
struct SweepEntry {
    enum class State { Waiting, Running, Done, Failed };
    State state = State::Waiting;
    SweepCell cell{};                       ///< when it is done, with the stored measures
    std::map<std::string, double> judged{}; ///< figures of further measures
    std::vector<QImage> strip{}; ///< the completions around the hole; while it runs, estimates of them
    double share = 0;            ///< of the work of a running one that is done, 0..1
    QString problem{};           ///< of one that failed
    /// PSNR of the known pixels of the completion that keeps them worst, in dB.
    double knownDb = std::numeric_limits<double>::infinity();
};

/// A number as the board shows it, with three digits or more; a dash where there is none.
QString figureText(double value);

/// What a parameter is called on the board, and what it could be varied over, separated by commas.
QString parameterTitle(const std::string& parameter);
QString suggestedValues(const std::string& parameter, const Recipe& base);

/// The grid of a sweep, the first axis down and the second across, and what is known of its cells.
class SweepTable {
public:
    SweepTable() = default;
    /// All combinations of two axes; `scale` brings the bound into other conventions.
    SweepTable(Recipe base, std::vector<SweepAxis> axes, std::vector<SweepJob> jobs, const BoundScale& scale);

    bool empty() const { return jobs_.empty(); }
    int count() const { return int(jobs_.size()); }
    int rows() const { return empty() ? 0 : int(axes_[0].values.size()); }
    int columns() const { return empty() ? 0 : int(axes_[1].values.size()); }
    int cell(int row, int column) const { return row * columns() + column; }
    int rowOf(int cell) const { return cell / columns(); }
    int columnOf(int cell) const { return cell % columns(); }

    const Recipe& base() const { return base_; }
    const std::vector<SweepAxis>& axes() const { return axes_; }
    const SweepJob& job(int cell) const { return jobs_[std::size_t(cell)]; }
    const SweepEntry& entry(int cell) const { return entries_[std::size_t(cell)]; }
    /// It is done, and what it makes of known pixels is not what they are.
    bool breaksKnown(int cell) const;
    bool done(int cell) const { return entry(cell).state == SweepEntry::State::Done; }
    /// Changes what is known of a set, in all cells that it stands in; which they are.
    std::vector<int> update(const std::string& id, const std::function<void(SweepEntry&)>& change);
    /// Takes over what another table knows of the same sets.
    void adopt(const SweepTable& other);

    const std::vector<SweepMeasure>& measures() const { return measures_; }
    void setMeasures(std::vector<SweepMeasure> measures); ///< diversity first and quality second
    /// Not a number where it is not known.
    double figure(int cell, int measure) const;
    double figure(int cell, const std::string& measure) const;
    /// Cells that no other one beats in diversity and quality, by growing diversity.
    const std::vector<int>& best() const { return best_; }

    QString valueTitle(int axis, int value) const; ///< "24 grey levels"
    QString valueShort(int axis, int value) const; ///< "24"
    QString valueNote(int axis, int value) const;  ///< "D = 0.00147" for a bound, else empty
    QString spoken(int cell) const;                ///< "eta 0.3, D 24 grey levels: diversity 27.1, done"
    QString place(int cell) const;                 ///< the part before the colon
    /// Cells and sets by their state; cells without guidance share one set.
    int doneCells() const;
    int openSets() const; ///< neither done nor failed
    int failedCells() const;

    /// For the writers that the command line has, too.
    SweepReport report() const;

private:
    void findBest();

    Recipe base_{};
    std::vector<SweepAxis> axes_{};
    std::vector<SweepJob> jobs_{};
    BoundScale scale_{};
    std::vector<SweepMeasure> measures_{};
    std::vector<SweepEntry> entries_{};
    std::vector<int> best_{};
};

} // namespace lacuna::ui
