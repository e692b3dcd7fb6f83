// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/window_fixture.h"
#include "ui/hints/coach_marks.h"
#include "ui/main_window/window_aids.h"
#include "ui/settings/settings.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestCoachMarks : public QObject {
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
        f_->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
        hints().enable();
    }
    void cleanup() { f_.reset(); }
    void atMostFive();
    void eachOnItsFirstUseAndNeverAgain();
    void neverInTheWay();
    void escStopsTheRunFirst();
    void buttonTakesItAway();
    void seenHintsAreKept();
    void showAgainForgets();
    void itStaysInsideTheWindow();

private:
    CoachMarks& hints() const { return f_->window->aids().hints(); }

    std::unique_ptr<WindowFixture> f_;
};

void TestCoachMarks::atMostFive()
{
    QVERIFY(CoachMarks::count() <= 5);
}

void TestCoachMarks::eachOnItsFirstUseAndNeverAgain()
{
    QVERIFY(hints().shown().isEmpty());
    f_->window->document().open(loadedGradient(64, 64));
    QVERIFY(hints().shown().contains("Paint over"));
    QTest::mouseClick(&f_->window->canvas(), Qt::LeftButton, {}, f_->window->canvas().rect().center());
    QVERIFY(hints().shown().contains("Ctrl+Return"));
    QTRY_VERIFY(f_->runButton()->isEnabled());
    QVERIFY(f_->generate());
    QVERIFY2(hints().shown().contains("hold C"), qPrintable(hints().shown()));
    hints().dismiss();
    f_->window->document().open(loadedGradient(64, 64));
    QVERIFY(hints().shown().isEmpty());
    f_->openWithHole();
    QVERIFY(hints().shown().isEmpty());
    QVERIFY(f_->generate());
    QVERIFY(hints().shown().isEmpty());
    f_->window->parameters().setPool(20);
    QVERIFY(f_->generate());
    QVERIFY(hints().shown().contains("stands for"));
}

void TestCoachMarks::neverInTheWay()
{
    f_->window->canvas().setFocus();
    f_->openWithHole();
    QVERIFY(!hints().shown().isEmpty());
    QVERIFY(!QApplication::activeModalWidget());
    QVERIFY(f_->window->canvas().hasFocus());
    QTest::keyClick(&f_->window->canvas(), Qt::Key_E); // tools work as ever
    QVERIFY(f_->action("eraser")->isChecked());
    QVERIFY(!hints().shown().isEmpty());
    QTest::keyClick(&f_->window->canvas(), Qt::Key_Escape);
    QVERIFY(hints().shown().isEmpty());
}

void TestCoachMarks::escStopsTheRunFirst()
{
    f_->script->stepTime = std::chrono::milliseconds(50);
    f_->openWithHole();
    f_->action("generate")->trigger();
    QTRY_VERIFY(f_->script->working);
    QVERIFY(!hints().shown().isEmpty());
    f_->window->canvas().setFocus();
    QTest::keyClick(&f_->window->canvas(), Qt::Key_Escape);
    QTRY_VERIFY(!f_->window->run().running());
    QVERIFY(f_->script->stepsDone < f_->script->steps);
}

void TestCoachMarks::buttonTakesItAway()
{
    f_->openWithHole();
    auto* button = f_->window->findChild<QPushButton*>("hint-button");
    QVERIFY(button && button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(hints().shown().isEmpty());
}

void TestCoachMarks::seenHintsAreKept()
{
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("settings.json").toStdString();
    settings().setFile(file);
    f_->openWithHole();
    Settings::flush();
    settings() = Settings();
    settings().setFile(file);
    QCOMPARE(settings().list("hints-seen"), QStringList{"generate"});
    WindowFixture next;
    QVERIFY(next.show());
    next.window->aids().hints().enable();
    next.openWithHole();
    QVERIFY(next.window->aids().hints().shown().isEmpty());
}

void TestCoachMarks::showAgainForgets()
{
    f_->openWithHole();
    hints().dismiss();
    f_->action("hints")->trigger();
    QVERIFY(f_->window->messages().text().contains("again"));
    f_->openWithHole();
    QVERIFY(!hints().shown().isEmpty());
}

void TestCoachMarks::itStaysInsideTheWindow()
{
    for (const QSize size : {QSize(1440, 900), QSize(1024, 640)}) {
        f_->window->resize(size);
        hints().forget();
        f_->openWithHole();
        const auto* bubble = f_->window->findChild<QWidget*>("hint");
        QVERIFY(bubble);
        const auto covered = [&] {
            return bubble->geometry().intersects(
                QRect(f_->runButton()->mapTo(f_->window.get(), QPoint()), f_->runButton()->size()));
        };
        QTRY_VERIFY(f_->window->rect().contains(bubble->geometry()) && !covered());
    }
}

QTEST_MAIN(TestCoachMarks)
#include "tst_coach_marks.moc"
