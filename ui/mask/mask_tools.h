// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/mask/mask_look.h"
#include "ui/mask/mask_strip.h"
#include "ui/mask/mask_work.h"

class QMenu;

namespace lacuna::ui {

class MessageBar;

/// Everything that is done to masks beside painting: several of them, growing, filling, presets, and how they look.
class MaskTools : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Document& document;
        Canvas& canvas;
        ActionRegistry& actions;
        MessageBar& messages;
    };
    MaskTools(const Parts& parts, QWidget* parent);

    MaskStrip& strip() const { return *strip_; }
    bool busy() const { return work_.busy(); }
    void addNumbered(QMenu* menu);   ///< a submenu
    void addPresets(QMenu* menu);    ///< a submenu
    void addAppearance(QMenu* menu); ///< a submenu
    void useSettings();              ///< of this user, from now on

Q_SIGNALS:
    void busyWith(const QString& what); ///< a sentence; empty: done

private:
    void connectActions();
    void enableActions();
    void fillPresets(QMenu* menu);
    void fillSimilar(QPoint pixel, bool hole);
    void fillAll(bool hole);
    void invert();
    void setLook(const MaskLook& look);

    Parts parts_;
    MaskStrip* strip_;
    MaskWork work_;
};

} // namespace lacuna::ui
