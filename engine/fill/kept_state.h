// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/diffusion/state_exchange.h"
#include "engine/session/messages.h"
#include "engine/session/state_file.h"

namespace lacuna {

/// How far a fill is.
struct FillState {
    int part = 0; ///< that is at hand: windows of a group of members, one group after the other
    /// What the parts before it made: members of groups that are done, and of this group with some of their patches.
    std::vector<Completion> completions{};
    StateValues run{}; ///< of the part at hand; empty: it has not begun
};

/// Writes a state that only a run of the same identity takes up. Throws Error{Output}.
void write_state(const std::filesystem::path&, const std::string& identity, const FillState&);

/// Throws Error{Input} for what is damaged, of another identity, or does not fit the canvas that completions are put
/// into, or the number of parts. Safe for files from anywhere.
FillState read_state(const std::filesystem::path&, const std::string& identity, const Picture& canvas,
                     int parts);

/// A state that was read cannot be given back to the run.
struct UnusableState {};

/// Keeps the state of a run in the file of its request, now and then. A run without one is not kept. Not being able to
/// write never ends a run.
class KeptState {
public:
    /// Part of a run whose state can be taken down and given back.
    using Exchange = std::function<void(StateExchange&)>;

    explicit KeptState(std::shared_ptr<StateFile>);
    ~KeptState();
    KeptState(const KeptState&) = delete;
    KeptState& operator=(const KeptState&) = delete;

    /// What was kept of this run before, if it can be used. `identity`: of everything that decides its pixels.
    void begin(const std::string& identity, const Picture& canvas, int parts);
    const std::optional<FillState>& kept() const { return kept_; }
    bool ignored() const { return ignored_; } ///< there was a state, which is of no use
    void forget();                            ///< what was kept turned out to be of no use

    /// Part `part` begins with these completions. That is written at once where it is wanted.
    void begin_part(int part, std::vector<Completion> completions);
    /// Gives the part at hand what was kept of it; true: this is where the run goes on. Throws UnusableState.
    bool resume(const Exchange&);
    /// To be called between steps: writes when it is time, or wanted. Runs must live until end_part().
    void note(const Exchange&);
    void end_part();

private:
    void write();
    double seconds() const;

    std::shared_ptr<StateFile> file_;
    std::string identity_{};
    std::optional<FillState> kept_{};
    bool ignored_ = false;
    FillState now_{};
    bool begun_ = false;  ///< there is a part at hand
    Exchange exchange_{}; ///< of it, once it has made a step
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    double last_ = 0, pause_ = 0; ///< seconds: of the latest writing, and until the next
};

} // namespace lacuna
