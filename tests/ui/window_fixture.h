// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QTest>

#include <memory>

#include "tests/ui/fake_session.h"
#include "tests/ui/test_pictures.h"
#include "ui/actions/action_registry.h"
#include "ui/appearance/icons.h"
#include "ui/canvas/canvas.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/main_window/files.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/run_controller.h"
#include "ui/messages/message_bar.h"
#include "ui/panels/parameter_panel.h"
#include "ui/panels/run_box.h"
#include "ui/results/results.h"

namespace lacuna::ui {

/// A shown window on a fake session, with the steps that many tests begin with.
struct WindowFixture {
    std::shared_ptr<FakeScript> script = std::make_shared<FakeScript>();
    std::unique_ptr<MainWindow> window = std::make_unique<MainWindow>(fakeFactory(script));

    QAction* action(const char* id) const { return window->actions().get(id); }
    QPushButton* runButton() const { return window->findChild<QPushButton*>(QStringLiteral("run-button")); }
    QString sentence() const { return window->findChild<RunBox*>()->sentence(); }

    bool show() const
    {
        window->show();
        return QTest::qWaitForWindowExposed(window.get());
    }

    void openWithHole(int side = 64) const { window->document().open(loadedWithHole(side)); }

    /// True when the run has ended in time and the gallery shows all of it.
    bool generate() const
    {
        QTest::mouseClick(runButton(), Qt::LeftButton);
        return QTest::qWaitFor([this] { return !window->run().running() && !window->gallery().grouping(); },
                               10000);
    }
};

} // namespace lacuna::ui
