// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>
#include <optional>
#include <set>

#include "engine/sweep/picture_judge.h"
#include "ui/background/background.h"
#include "ui/engine_link/engine_link.h"
#include "ui/sweep/sweep_cells_io.h"

namespace lacuna::ui {

/// Fills the cells of a grid one after the other with the engine of the window. What is finished is in the store that
/// the command line has, too, so it is never computed again: not after a stop, not after a restart, and not when
/// values are added. A run of the window goes before: the cell at hand is given up and begun again behind it.
class Sweep : public QObject {
    Q_OBJECT

public:
    Sweep(const EngineLink& beside, std::filesystem::path folder, QObject* parent);

    /// The sweep of a picture and a hole, see planSweep. Equal ones keep the sweep as it is.
    /// `axes`: to be varied from `wanted` instead of what was varied there before.
    void open(const Picture& picture, const Mask& mask, const Recipe& wanted,
              const std::optional<std::vector<SweepAxis>>& axes = {});
    void close(); ///< there is no sweep any more; what runs is stopped
    void setBase(const Recipe& base);
    void setAxes(std::vector<SweepAxis> axes); ///< what runs goes on

    void setJudge(JudgeFactory makeJudge) { makeJudge_ = std::move(makeJudge); }
    bool canJudge() const { return bool(makeJudge_); }
    /// Measures finished cells in the background; where that is not possible, refused tells why and nothing changes.
    void setWish(const JudgeWish& wish);
    const JudgeWish& wish() const { return wish_; }
    bool judging() const { return judging_; } ///< cells are being measured

    void start(); ///< fills what is not done, failed cells too
    void stop();  ///< gives up the cell at hand

    bool isOpen() const { return !subject_.picture.empty(); }
    const SweepTable& table() const { return table_; }
    QSize shape() const; ///< of a picture in a strip
    bool running() const { return running_; }
    bool waiting() const { return running_ && held_; }             ///< for the engine or another program
    bool looking() const { return planning_ || !toLook_.empty(); } ///< for cells that are done already
    double secondsLeft() const;                                    ///< negative: not known

    /// A grid in some state; for pictures of the window.
    void show(const SweepSubject& subject, SweepTable table, bool running);

Q_SIGNALS:
    void planned(); ///< another grid
    void cellChanged(int cell);
    void stateChanged();
    void failed(const QString& message);
    void refused(const QString& message); ///< a wish

private:
    void plan(std::optional<SweepSettings> settings, const Recipe& wanted);
    void accept(PlannedSweep plan);
    void lookAtNext();
    void judgeNext();
    void next();
    void claimed(const std::string& id, const Attempt<ClaimedCell>& result);
    void fill(const std::string& id, std::shared_ptr<JobStore::Claim> claim);
    void progressed(const Progress& progress);
    void finished(const Outcome& outcome);
    void kept(const std::string& id, const Attempt<SweepEntry>& result);
    void change(const std::string& id, const std::function<void(SweepEntry&)>& how);
    void giveUp(const QString& message);
    SweepSettings settings() const;

    /// The cell that is being filled.
    struct Current {
        std::string id{};
        FillRequest request{};
        std::shared_ptr<JobStore::Claim> claim{};
        QElapsedTimer beat{}; ///< since the last sign of life
        QElapsedTimer clock{};
    };

    EngineLink link_;
    std::filesystem::path folder_;
    SweepSubject subject_{};
    SweepInputs inputs_{};
    SweepTable table_{};
    std::uint64_t plan_ = 0; ///< counts them; answers to older ones are dropped
    bool planning_ = false;
    std::map<std::string, QString> missing_{}; ///< models that are not here
    std::deque<std::string> toLook_{};
    bool running_ = false;
    bool held_ = false;
    bool claiming_ = false;
    std::shared_ptr<Current> current_{};
    std::set<std::string> keeping_{};   ///< filled, on the way to the store
    std::set<std::string> elsewhere_{}; ///< another program works on them
    QTimer again_{};
    double seconds_ = 0; ///< of the sets that were filled here
    int filled_ = 0;
    JudgeFactory makeJudge_{};
    JudgeWish wish_{};
    std::uint64_t wishes_ = 0;              ///< counts them; answers to older ones are dropped
    std::shared_ptr<PictureJudge> judge_{}; ///< used by one thread at a time; null: nothing is wished
    bool judging_ = false;
};

} // namespace lacuna::ui
