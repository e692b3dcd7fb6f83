// SPDX-License-Identifier: GPL-3.0-or-later
// Completions beside each other: what the panes show, how they move together, and their keys.
#include <QLayout>
#include <QTest>
#include <QWheelEvent>

#include "tests/ui/window_fixture.h"
#include "ui/appearance/segments.h"
#include "ui/canvas/canvas_header.h"
#include "ui/compare/comparison.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestSideBySide : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        f_ = std::make_unique<WindowFixture>();
        QVERIFY(f_->show());
        f_->openWithHole();
        QVERIFY(f_->generate());
        QTRY_VERIFY(f_->window->canvas().completionShown());
        f_->window->canvas().setFocus();
    }
    void cleanup() { f_->window.reset(); }
    void originalStandsBesideTheCompletion();
    void aPinnedCompletionStandsThereInstead();
    void gridShowsTheCards();
    void starredOnesComeFirst();
    void allPanesMoveTogether();
    void zoomActionsReachThePanes();
    void holdingTheOriginalShowsItEverywhere();
    void keysLeadThroughThePanes();
    void enterShowsOneAlone();
    void segmentsAndNextModeFollow();
    void paneSaysWhoItIs();
    void nothingShownNoBoard();
    void headerFitsNarrowWindows();

private:
    Canvas& canvas() const { return f_->window->canvas(); }
    PaneBoard& board() const { return f_->window->comparison().board(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(f_->window.get(), key, modifiers);
    }
    /// In the middle of the hole.
    static QColor middle(Pane* pane)
    {
        const QImage image = pane->grab().toImage();
        return image.pixelColor(image.width() / 2, image.height() / 2);
    }
    static QColor colour(int member)
    {
        const int level = FakeSession::level(member);
        return {level, level, level};
    }
    bool allReady() const
    {
        for (int i = 0; i < board().count(); ++i)
            if (board().pane(i)->content().waiting)
                return false;
        return board().count() > 0;
    }

    std::unique_ptr<WindowFixture> f_;
};

void TestSideBySide::originalStandsBesideTheCompletion()
{
    QVERIFY(!board().isVisible());
    press(Qt::Key_V, Qt::ShiftModifier);
    QVERIFY(board().isVisible());
    QCOMPARE(board().count(), 2);
    QTRY_VERIFY(allReady());
    QCOMPARE(board().pane(0)->content().candidate, -1);
    QCOMPARE(middle(board().pane(1)), colour(0));
    QVERIFY(middle(board().pane(0)) != colour(0));
    f_->window->gallery().pick(3);
    QTRY_VERIFY(allReady());
    QCOMPARE(middle(board().pane(1)), colour(3));
    press(Qt::Key_V, Qt::ShiftModifier);
    QVERIFY(!board().isVisible());
}

void TestSideBySide::aPinnedCompletionStandsThereInstead()
{
    f_->window->gallery().pick(2);
    press(Qt::Key_P);
    QVERIFY(f_->action("pin")->isChecked());
    QCOMPARE(f_->window->comparison().pinned(), 2);
    f_->window->gallery().pick(4);
    QVERIFY(!f_->action("pin")->isChecked());
    press(Qt::Key_V, Qt::ShiftModifier);
    QTRY_VERIFY(allReady());
    QVERIFY(board().pane(0)->content().title.contains(QStringLiteral("pinned")));
    QCOMPARE(middle(board().pane(0)), colour(2));
    QCOMPARE(middle(board().pane(1)), colour(4));
    f_->window->gallery().pick(2); // beside itself it would say nothing
    QCOMPARE(board().pane(0)->content().candidate, -1);
    press(Qt::Key_P); // not pinned any more
    f_->window->gallery().pick(4);
    QCOMPARE(board().pane(0)->content().candidate, -1);
}

void TestSideBySide::gridShowsTheCards()
{
    press(Qt::Key_N);
    QCOMPARE(board().count(), 5);
    QVERIFY(board().columns() > 1);
    QTRY_VERIFY(allReady());
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(middle(board().pane(i)), colour(i));
        QCOMPARE(board().pane(i)->size(), board().pane(0)->size());
        QVERIFY(board().rect().contains(board().pane(i)->geometry()));
        for (int j = 0; j < i; ++j)
            QVERIFY(!board().pane(i)->geometry().intersects(board().pane(j)->geometry()));
    }
}

void TestSideBySide::starredOnesComeFirst()
{
    press(Qt::Key_N);
    QTest::keyClick(f_->window->gallery().card(1), Qt::Key_S);
    QCOMPARE(board().count(), 5); // one alone is nothing to compare
    QTest::keyClick(f_->window->gallery().card(3), Qt::Key_S);
    QCOMPARE(board().count(), 2);
    QTRY_VERIFY(allReady());
    QCOMPARE(middle(board().pane(0)), colour(1));
    QCOMPARE(middle(board().pane(1)), colour(3));
}

void TestSideBySide::allPanesMoveTogether()
{
    press(Qt::Key_N);
    QTRY_VERIFY(allReady());
    Pane* pane = board().pane(1);
    const QPointF at(pane->width() / 3.0, pane->height() / 3.0);
    const QPointF fixed = board().view().toPicture(at);
    const double zoom = board().view().zoom();
    QWheelEvent wheel(at, pane->mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(pane, &wheel);
    QVERIFY(board().view().zoom() > 1.3 * zoom);
    QVERIFY(QLineF(board().view().toPicture(at), fixed).length() < 1e-6);

    const QPointF origin = board().view().origin();
    QTest::mousePress(pane, Qt::LeftButton, {}, {60, 60});
    QTest::mouseMove(pane, {40, 70});
    QTest::mouseRelease(pane, Qt::LeftButton, {}, {40, 70});
    QCOMPARE(board().view().origin(), origin + QPointF(-20, 10));
    // The known part is the same in every pane now as before.
    const QImage first = board().pane(0)->grab().toImage(), other = pane->grab().toImage();
    const QPoint known = board().view().toWidget(QPointF(60.5, 60.5)).toPoint();
    QVERIFY(first.rect().contains(known));
    QCOMPARE(first.pixelColor(known), other.pixelColor(known));
    QCOMPARE(first.pixelColor(known), QColor(60, 60, 120));
}

void TestSideBySide::zoomActionsReachThePanes()
{
    press(Qt::Key_V, Qt::ShiftModifier);
    const double fitted = board().view().zoom();
    f_->action("zoom-in")->trigger();
    QVERIFY(board().view().zoom() > fitted);
    f_->action("zoom-actual")->trigger();
    QCOMPARE(board().view().zoom(), 1.0);
    f_->action("zoom-fit")->trigger();
    QCOMPARE(board().view().zoom(), fitted);
}

void TestSideBySide::holdingTheOriginalShowsItEverywhere()
{
    press(Qt::Key_N);
    QTRY_VERIFY(allReady());
    QTest::keyPress(f_->window.get(), Qt::Key_C);
    const QColor original = middle(board().pane(0));
    QVERIFY(original != colour(0));
    QCOMPARE(middle(board().pane(4)), original);
    QTest::keyRelease(f_->window.get(), Qt::Key_C);
    QCOMPARE(middle(board().pane(4)), colour(4));
}

void TestSideBySide::keysLeadThroughThePanes()
{
    press(Qt::Key_N);
    QVERIFY(board().pane(4)->hasFocus()); // the canvas had it
    board().pane(0)->setFocus();
    for (int i = 1; i < 5; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(board().pane(i)->hasFocus());
    }
    const QPointF origin = board().view().origin();
    f_->action("zoom-in")->trigger();
    f_->action("zoom-in")->trigger();
    const QPointF before = board().view().origin();
    QTest::keyClick(board().pane(4), Qt::Key_Left);
    QVERIFY(board().view().origin().x() > before.x());
    Q_UNUSED(origin)
}

void TestSideBySide::enterShowsOneAlone()
{
    press(Qt::Key_N);
    QTest::keyClick(board().pane(3), Qt::Key_Return);
    QVERIFY(!board().isVisible());
    QCOMPARE(f_->window->results().shown(), 3);
    QCOMPARE(canvas().compare(), Compare::Off);
    QVERIFY(canvas().hasFocus());
    press(Qt::Key_N);
    QTest::mouseDClick(board().pane(1), Qt::LeftButton);
    QCOMPARE(f_->window->results().shown(), 1);
}

void TestSideBySide::segmentsAndNextModeFollow()
{
    const Segments& modes = f_->window->findChild<CanvasHeader*>()->compare();
    QVERIFY(modes.button(int(Compare::Twin))->isHidden()); // there is none
    QTest::mouseClick(modes.button(int(Compare::SideBySide)), Qt::LeftButton);
    QVERIFY(board().isVisible() && f_->action("compare-side")->isChecked());
    press(Qt::Key_M);
    QCOMPARE(canvas().compare(), Compare::Grid);
    press(Qt::Key_M);
    QCOMPARE(canvas().compare(), Compare::Off);
    QVERIFY(!board().isVisible());
}

void TestSideBySide::paneSaysWhoItIs()
{
    press(Qt::Key_N);
    const QString seed = QString::number(f_->window->results().filled()->set.recipe.seed);
    const QString name = board().pane(2)->accessibleName();
    QCOMPARE(name, QStringLiteral("Completion 3 · seed %1, picture 3 of 5").arg(seed));
    QVERIFY(board().pane(2)->accessibleDescription().contains(QStringLiteral("Enter")));
}

void TestSideBySide::nothingShownNoBoard()
{
    press(Qt::Key_N);
    QVERIFY(board().isVisible());
    press(Qt::Key_0); // back to the original
    QVERIFY(!board().isVisible());
    QVERIFY(!f_->action("compare-grid")->isEnabled());
}

/// The ways to compare stay; what is said elsewhere too goes where there is no room.
void TestSideBySide::headerFitsNarrowWindows()
{
    auto* header = f_->window->findChild<CanvasHeader*>();
    const int least = f_->window->minimumSizeHint().width();
    for (const int width : {1440, 1200, least}) {
        f_->window->resize(width, 800);
        QTRY_VERIFY(header->layout()->minimumSize().width() <= header->width());
        QVERIFY(header->compare().isVisible());
        QVERIFY(header->rect().contains(header->compare().geometry()));
    }
    QVERIFY2(least <= 1100, qPrintable(QString::number(least)));
}

QTEST_MAIN(TestSideBySide)
#include "tst_side_by_side.moc"
