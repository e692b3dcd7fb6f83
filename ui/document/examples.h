// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

#include "ui/document/document.h"

namespace lacuna::ui {

/// A bundled picture with its mask.
struct Example {
    QString id{};
    QString title{};
    QString description{}; ///< one sentence
};

/// Those whose files are part of the program.
const std::vector<Example>& examples();
const Example* findExample(const QString& id);

/// Throws lacuna::Error.
LoadedPicture loadExample(const Example& example);

} // namespace lacuna::ui
