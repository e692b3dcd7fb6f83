// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace lacuna::ui {

enum class IconTint { Text, OnAccent };

/// The bundled action icon of that name, drawn in the theme's present colours at every size (also after the theme
/// changes). Null when the file is missing: buttons then show their text.
QIcon actionIcon(const QString& name, IconTint tint = IconTint::Text);

/// The icon of the application.
QIcon applicationIcon();

/// Makes the bundled files known to Qt; call before the first use.
void loadResources();

} // namespace lacuna::ui
