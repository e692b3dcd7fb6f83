// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

#include <vector>

#include "ui/appearance/theme.h"
#include "ui/engine_link/engine_link.h"

namespace lacuna::ui {

/// A state of the window that can be drawn without a screen and always comes out the same.
struct Scene {
    const char* name;
    const char* description;
};
const std::vector<Scene>& scenes();

/// Draws a scene into a PNG file. Returns a sentence if that is not possible, else nothing.
QString takeShot(const QString& scene, const QString& file, ThemeChoice theme,
                 const SessionFactory& makeSession);

/// The picture of a scene that exists. Throws what the session throws.
QImage drawScene(const QString& scene, ThemeChoice theme, const SessionFactory& makeSession);

} // namespace lacuna::ui
