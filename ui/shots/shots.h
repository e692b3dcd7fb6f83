// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

#include <functional>
#include <vector>

#include "ui/appearance/theme.h"
#include "ui/engine_link/engine_link.h"

namespace lacuna::ui {

class MainWindow;

/// A state of the window that can be drawn without a screen and always comes out the same.
struct Scene {
    const char* name;
    const char* description;
};
const std::vector<Scene>& scenes();

/// Draws a scene into a PNG file. Returns a sentence if that is not possible, else nothing.
QString takeShot(const QString& scene, const QString& file, ThemeChoice theme,
                 const SessionFactory& makeSession);

inline constexpr QSize sceneSize{1440, 900};

/// The picture of a scene that exists. Throws what the session throws.
QImage drawScene(const QString& scene, ThemeChoice theme, const SessionFactory& makeSession,
                 QSize size = sceneSize);
/// The same window, shown while `look` looks at it.
void visitScene(const QString& scene, ThemeChoice theme, QSize size, const SessionFactory& makeSession,
                const std::function<void(MainWindow&)>& look);

} // namespace lacuna::ui
