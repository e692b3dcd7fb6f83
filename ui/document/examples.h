// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

#include "ui/document/document.h"

namespace lacuna::ui {

/// A picture with its mask: a bundled one, or a scene of a world that is drawn when it is opened.
struct Example {
    QString id{};
    QString title{};
    QString description{}; ///< one sentence
    QString world{};       ///< empty: the files are part of the program
};

/// Those whose files are part of the program, and first one scene of each world whose model comes with Lacuna and is
/// worth a beginning.
const std::vector<Example>& examples();
const Example* findExample(const QString& id);

/// Throws lacuna::Error.
LoadedPicture loadExample(const Example& example);

/// The worlds of scenes as they are offered.
struct SceneWorld {
    QString name{};  ///< as scenes::find_world has it
    QString title{}; ///< of one of its pictures
};
std::vector<SceneWorld> sceneWorlds();

/// Scene `seed` of a world with a hole where its first attribute is. Throws lacuna::Error.
LoadedPicture drawScenePicture(const SceneWorld& world, std::uint64_t seed);

} // namespace lacuna::ui
