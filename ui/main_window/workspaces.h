// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QAction;
class QWidget;

namespace lacuna::ui {

/// What the window gives room to: the picture alone, or also the panel and the gallery.
enum class Workspace { Mask, Explore };

/// Shows and hides the parts of the window by workspace. The choice is kept in the settings.
class Workspaces : public QObject {
    Q_OBJECT

public:
    struct Parts {
        QWidget* side;        ///< the panel at the right
        QWidget* gallery;     ///< below the canvas
        QWidget* gallerySide; ///< its map
        QAction* mask;
        QAction* explore;
    };
    Workspaces(const Parts& parts, QObject* parent);

    Workspace current() const { return current_; }
    void choose(Workspace workspace);
    void setGallery(bool filled); ///< whether there is anything in it

private:
    void show();

    Parts parts_;
    Workspace current_ = Workspace::Explore;
    bool filled_ = false;
};

} // namespace lacuna::ui
