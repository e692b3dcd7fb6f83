// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lacuna::ui {

/// What helps to find out why something went wrong here: versions, hardware, choices, the last events. No paths, no
/// names of files and people, no picture.
QString diagnosticsText();

} // namespace lacuna::ui
