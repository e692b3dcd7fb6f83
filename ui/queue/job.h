// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <filesystem>
#include <memory>

#include "ui/results/rendered_completion.h"

namespace lacuna::ui {

/// A run that waits for its turn, has it, or had it. Copies share what is large.
struct Job {
    enum class State { Waiting, Running, Done };

    int number = 0;  ///< for people, from 1
    QString title{}; ///< of the picture
    State state = State::Waiting;
    int starts = 0;                               ///< how often it has begun without an end
    std::shared_ptr<const FillRequest> request{}; ///< null when it is done
    std::filesystem::path result{};               ///< project that a finished one was put into
    SharedSet set{};                              ///< the same, of a run of this window
    QString note{};                               ///< how far it is, or what came of it
};

/// "DDNM · 5 completions · seed 4182".
QString describe(const Recipe& recipe);

} // namespace lacuna::ui
