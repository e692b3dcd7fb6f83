// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/session/messages.h"

namespace lacuna::cli {

/// A line on standard error that shows how far a run is; silent when that is not a terminal.
class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine(); ///< clears the line
    void show(const Progress&);

private:
    bool terminal_;
};

/// A number of a parameter, whatever the locale; throws Error{Usage} if it is not one.
double parse_number(const std::string& parameter, const std::string& text);

/// A number with the given decimals, whatever the locale.
std::string fixed(double value, int decimals);

} // namespace lacuna::cli
