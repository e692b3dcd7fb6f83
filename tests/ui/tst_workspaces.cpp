// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/window_fixture.h"
#include "ui/main_window/workspaces.h"
#include "ui/settings/settings.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestWorkspaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        settings() = Settings();
        f_ = std::make_unique<WindowFixture>();
        QVERIFY(f_->show());
    }
    void cleanup() { f_.reset(); }
    void maskGivesTheWindowToThePicture();
    void aRunShowsItsResults();
    void theChoiceIsKept();

private:
    std::unique_ptr<WindowFixture> f_;
};

void TestWorkspaces::maskGivesTheWindowToThePicture()
{
    f_->openWithHole();
    QVERIFY(f_->generate());
    const int narrow = f_->window->canvas().width(), low = f_->window->canvas().height();
    QVERIFY(f_->window->gallery().isVisible());
    QVERIFY(f_->action("workspace-explore")->isChecked());
    QTest::keyClick(f_->window.get(), Qt::Key_M, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(!f_->window->gallery().isVisible());
    QVERIFY(!f_->runButton()->isVisible());
    QVERIFY(f_->action("workspace-mask")->isChecked());
    QTRY_VERIFY(f_->window->canvas().width() > narrow + 200 && f_->window->canvas().height() > low + 100);
    QTest::keyClick(f_->window.get(), Qt::Key_E, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(f_->window->gallery().isVisible());
    QTRY_COMPARE(f_->window->canvas().width(), narrow);
}

void TestWorkspaces::aRunShowsItsResults()
{
    f_->openWithHole();
    f_->action("workspace-mask")->trigger();
    QVERIFY(!f_->window->gallery().isVisible());
    QTest::keyClick(f_->window.get(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(f_->window->gallery().isVisible());
    QTRY_VERIFY(!f_->window->run().running());
}

void TestWorkspaces::theChoiceIsKept()
{
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("settings.json").toStdString();
    settings().setFile(file);
    f_->action("workspace-mask")->trigger();
    Settings::flush();
    settings() = Settings();
    settings().setFile(file);
    const WindowFixture next;
    QCOMPARE(next.window->workspaces().current(), Workspace::Mask);
    QVERIFY(next.action("workspace-mask")->isChecked());
    next.action("workspace-explore")->trigger();
    QVERIFY(settings().value("workspace").isUndefined());
}

QTEST_MAIN(TestWorkspaces)
#include "tst_workspaces.moc"
