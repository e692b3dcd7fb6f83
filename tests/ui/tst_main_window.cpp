// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "engine/core/diversity.h"
#include "engine/core/picture_file.h"
#include "tests/ui/window_fixture.h"
#include "ui/document/examples.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        // A model of portraits comes with Lacuna; only its name counts here.
        QFile model(models_.filePath(QStringLiteral("portraits-64.safetensors")));
        QVERIFY(model.open(QIODevice::WriteOnly));
        qputenv("LACUNA_MODELS", models_.path().toLocal8Bit());
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        f_ = std::make_unique<WindowFixture>();
        QVERIFY(f_->show());
    }
    void cleanup()
    {
        f_->window.reset();
        QVERIFY2(!f_->script->working, "the engine has ended with the window");
    }
    void numberKeysAndArrowsPickACard();
    void holdingCShowsTheOriginal();
    void maskHidesBehindACompletion();
    void editingTheMaskReturnsToTheOriginal();
    void proofIsCounted();
    void unreadableFileIsAMessage();
    void droppedFileIsOpened();
    void maskGoesOutAndComesBack();
    void maskOfAnotherSizeIsRefused();
    void exportedCompletionIsTheComposite();
    void everyFocusableWidgetHasAName();
    void everyActionIsExplained();
    void shortcutsAreUnique();
    void settingsReachTheRecipe();
    void dialReachesTheRecipe();
    void tabGoesDownThePanel();
    void modelsThatNeedMoreAreNotOffered();
    void networksHaveMethodsAndGentlerSteps();
    void aNewExampleIsDrawnWithItsModel();
    void thePortraitIsTheFirstExample();
    void theWindowOfANetworkIsDrawn();

private:
    QTemporaryDir models_;
    std::unique_ptr<WindowFixture> f_;
};

void TestMainWindow::numberKeysAndArrowsPickACard()
{
    f_->openWithHole();
    QVERIFY(f_->generate());
    f_->window->canvas().setFocus();
    QTest::keyClick(&f_->window->canvas(), Qt::Key_4);
    QCOMPARE(f_->window->results().shown(), 3);
    QVERIFY(f_->window->gallery().card(3)->isChecked());
    QTest::keyClick(&f_->window->canvas(), Qt::Key_9);
    QCOMPARE(f_->window->results().shown(), 3);
    QTest::mouseClick(f_->window->gallery().card(1), Qt::LeftButton);
    QCOMPARE(f_->window->results().shown(), 1);
    QTest::keyClick(f_->window->gallery().card(1), Qt::Key_Right);
    QCOMPARE(f_->window->results().shown(), 2);
    QVERIFY(f_->window->gallery().card(2)->hasFocus());
    QTest::keyClick(f_->window->gallery().card(2), Qt::Key_Home);
    QCOMPARE(f_->window->results().shown(), 0);
    QTest::keyClick(f_->window.get(), Qt::Key_0);
    QCOMPARE(f_->window->results().shown(), -1);
    QVERIFY(!f_->window->canvas().completionShown());
}

void TestMainWindow::holdingCShowsTheOriginal()
{
    f_->openWithHole();
    f_->window->canvas().setMaskShown(false);
    const QImage original = f_->window->canvas().grab().toImage();
    const CanvasView view = f_->window->canvas().view();
    QVERIFY(f_->generate());
    QTRY_VERIFY(f_->window->canvas().completionShown());
    QCOMPARE(view.zoom(), f_->window->canvas().view().zoom());
    const QPoint inHole = f_->window->canvas().view().toWidget({32, 32}).toPoint();
    const QPoint before = view.toWidget({32, 32}).toPoint();
    const auto colour = [&] { return f_->window->canvas().grab().toImage().pixel(inHole); };
    QCOMPARE(colour(), qRgb(FakeSession::level(0), FakeSession::level(0), FakeSession::level(0)));
    f_->window->canvas().setFocus();
    QTest::keyPress(&f_->window->canvas(), Qt::Key_C);
    QCOMPARE(colour(), original.pixel(before));
    QTest::keyRelease(&f_->window->canvas(), Qt::Key_C);
    QCOMPARE(colour(), qRgb(FakeSession::level(0), FakeSession::level(0), FakeSession::level(0)));
}

void TestMainWindow::maskHidesBehindACompletion()
{
    f_->openWithHole();
    QVERIFY(f_->action("show-mask")->isChecked());
    QVERIFY(f_->generate());
    QTRY_VERIFY(f_->window->canvas().completionShown());
    QVERIFY(!f_->window->canvas().maskShown());
    QVERIFY(!f_->action("show-mask")->isChecked());
    f_->action("show-mask")->trigger();
    QVERIFY(f_->window->canvas().maskShown());
    f_->window->results().showOriginal();
    QVERIFY(f_->window->canvas().maskShown());
    QVERIFY(f_->action("show-mask")->isChecked());
}

void TestMainWindow::editingTheMaskReturnsToTheOriginal()
{
    f_->openWithHole();
    QVERIFY(f_->generate());
    QTRY_VERIFY(f_->window->canvas().completionShown());
    const std::size_t before = f_->window->document().holePixels();
    const QPoint at = f_->window->canvas().view().toWidget({4, 4}).toPoint();
    QTest::mouseClick(&f_->window->canvas(), Qt::LeftButton, {}, at);
    QVERIFY(f_->window->document().holePixels() > before);
    QVERIFY(!f_->window->canvas().completionShown());
    QCOMPARE(f_->window->results().shown(), -1);
    QTest::keyClick(f_->window.get(), Qt::Key_2); // the set itself is still there
    QCOMPARE(f_->window->results().shown(), 1);
}

void TestMainWindow::proofIsCounted()
{
    f_->openWithHole(64);
    QVERIFY(f_->generate());
    auto* badge = f_->window->findChild<Badge*>(QStringLiteral("proof"));
    QTRY_COMPARE(badge->text(), QStringLiteral("0 of 9,216 known samples changed"));
    QVERIFY(badge->kind() == Badge::Kind::Good);
    f_->window->results().showOriginal();
    QVERIFY(!badge->isVisible());
}

void TestMainWindow::unreadableFileIsAMessage()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("broken.png"));
    QFile broken(file);
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("this is no picture");
    broken.close();
    f_->window->files().openPicture(file);
    QTRY_VERIFY(f_->window->messages().isVisible());
    QVERIFY(f_->window->messages().text().contains(QStringLiteral("broken.png")));
    QVERIFY(!QApplication::activeModalWidget());
    QVERIFY(!f_->window->document().isOpen());
    QTest::mouseClick(f_->window->messages().findChild<QPushButton*>(), Qt::LeftButton);
    QVERIFY(!f_->window->messages().isVisible());
}

void TestMainWindow::droppedFileIsOpened()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("dropped ü.png"));
    QFile png(file);
    QVERIFY(png.open(QIODevice::WriteOnly));
    const auto bytes = encode_png(gradient(33, 21));
    png.write(reinterpret_cast<const char*>(bytes.data()), qint64(bytes.size()));
    png.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter({40, 40}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(f_->window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({40, 40}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(f_->window.get(), &drop);
    QTRY_VERIFY(f_->window->document().isOpen());
    QVERIFY(f_->window->document().picture() == gradient(33, 21));
    QVERIFY(f_->window->windowTitle().startsWith(QStringLiteral("dropped ü")));
}

void TestMainWindow::maskGoesOutAndComesBack()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("mask.png"));
    f_->openWithHole();
    const Mask mask = f_->window->document().mask();
    f_->window->files().exportMask(file);
    QTRY_VERIFY(f_->window->messages().text().contains(QStringLiteral("mask.png")));
    QCOMPARE(qGray(QImage(file).pixel(32, 32)), 255); // white is the hole
    QCOMPARE(qGray(QImage(file).pixel(1, 1)), 0);
    f_->action("invert")->trigger();
    QVERIFY(!(f_->window->document().mask() == mask));
    f_->window->files().importMask(file);
    QTRY_VERIFY(f_->window->document().mask() == mask);
    f_->action("undo")->trigger();
    QVERIFY(!(f_->window->document().mask() == mask));
}

void TestMainWindow::maskOfAnotherSizeIsRefused()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("mask.png"));
    f_->openWithHole(64);
    f_->window->files().exportMask(file);
    QTRY_VERIFY(f_->window->messages().text().contains(
        QStringLiteral("saved as"))); // or it may come after the refusal
    f_->window->document().open(loadedGradient(50, 40));
    f_->window->files().importMask(file);
    QTRY_VERIFY(f_->window->messages().text().contains(QStringLiteral("64 × 64")));
    QCOMPARE(f_->window->document().holePixels(), std::size_t(0));
}

void TestMainWindow::exportedCompletionIsTheComposite()
{
    QTemporaryDir folder;
    f_->openWithHole();
    QVERIFY(f_->generate());
    const SharedSet filled = f_->window->results().filled();
    f_->window->files().exportAll(folder.path());
    QTRY_VERIFY(f_->window->messages().text().contains(QStringLiteral("5 completions were saved")));
    for (int i = 0; i < 5; ++i) {
        const QString file = folder.filePath(QStringLiteral("with hole-%1.png").arg(i + 1));
        const Picture expected =
            composite(filled->request.picture, filled->request.mask, filled->set.completions[std::size_t(i)]);
        QVERIFY(read_picture(file.toStdString()) == expected);
    }
    const QString shown = folder.filePath(QStringLiteral("no folder/x.png"));
    f_->window->files().exportCompletion(0, shown);
    QTRY_VERIFY(f_->window->messages().text().contains(QStringLiteral("x.png")));
    QVERIFY(!QFile::exists(shown));
}

void TestMainWindow::everyFocusableWidgetHasAName()
{
    f_->openWithHole();
    QVERIFY(f_->generate());
    int seen = 0;
    for (QWidget* widget : f_->window->findChildren<QWidget*>()) {
        const bool inside =
            qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()); // the box has the name
        if (widget->focusPolicy() == Qt::NoFocus || inside
            || widget->objectName().startsWith(QStringLiteral("qt_")))
            continue;
        ++seen;
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(spoken && !spoken->text(QAccessible::Name).isEmpty(),
                 qPrintable(
                     QStringLiteral("%1 “%2” has no accessible name")
                         .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName())));
    }
    QVERIFY(seen > 20);
}

void TestMainWindow::everyActionIsExplained()
{
    for (const ActionSpec& spec : f_->window->actions().specs()) {
        const QAction* one = f_->window->actions().get(spec.id);
        QVERIFY2(!one->toolTip().isEmpty() && !one->statusTip().isEmpty() && !one->text().isEmpty(), spec.id);
        QCOMPARE(one->objectName(), QString::fromLatin1(spec.id));
        QVERIFY2(!one->text().contains(QStringLiteral("Hide")), "positive wording");
    }
}

void TestMainWindow::shortcutsAreUnique()
{
    QStringList seen;
    for (const ActionSpec& spec : f_->window->actions().specs())
        for (const QKeySequence& keys : f_->window->actions().get(spec.id)->shortcuts()) {
            QVERIFY2(!keys.isEmpty(), spec.id);
            QVERIFY2(!seen.contains(keys.toString()), qPrintable(keys.toString()));
            seen << keys.toString();
        }
    QVERIFY(seen.size() > 25);
}

void TestMainWindow::settingsReachTheRecipe()
{
    QTRY_COMPARE(f_->window->parameters().recipe().model, std::string("this-photo"));
    f_->window->findChild<QSlider*>(QStringLiteral("dial"))->setValue(0);
    QCOMPARE(f_->window->parameters().recipe().eta, 0.0);
    f_->window->findChild<QDoubleSpinBox*>(QStringLiteral("eta"))->setValue(0.7);
    f_->window->findChild<QDoubleSpinBox*>(QStringLiteral("bound"))->setValue(31);
    f_->window->findChild<QSpinBox*>(QStringLiteral("count"))->setValue(12);
    f_->window->findChild<QSpinBox*>(QStringLiteral("steps"))->setValue(33);
    f_->window->findChild<QLineEdit*>(QStringLiteral("seed"))->setText(QStringLiteral("4182"));
    const Recipe recipe = f_->window->parameters().recipe();
    QCOMPARE(recipe.eta, 0.7);
    QVERIFY(recipe.bound == (Bound{31, BoundConvention::GrayLevels}));
    QCOMPARE(recipe.count, 12);
    QCOMPARE(recipe.steps, 33);
    QCOMPARE(recipe.seed, std::uint64_t(4182));
    validate(recipe);
    f_->window->findChild<QDoubleSpinBox*>(QStringLiteral("bound"))->setValue(0);
    QVERIFY(std::isinf(f_->window->parameters().recipe().bound.value));
    validate(f_->window->parameters().recipe());
}

void TestMainWindow::dialReachesTheRecipe()
{
    for (int dial = 0; dial <= 100; ++dial) {
        f_->window->findChild<QSlider*>(QStringLiteral("dial"))->setValue(dial);
        const Recipe recipe = f_->window->parameters().recipe();
        QCOMPARE(recipe.eta, diversity(dial).eta);
        QCOMPARE(recipe.bound.value, diversity(dial).bound_gray);
    }
}

void TestMainWindow::tabGoesDownThePanel()
{
    QStringList order;
    const QWidget* first = f_->window->findChild<QWidget*>(QStringLiteral("model"));
    const QWidget* widget = first;
    do {
        if (widget->focusPolicy() & Qt::TabFocus && !widget->objectName().isEmpty()
            && !widget->objectName().startsWith(QStringLiteral("qt_")))
            order << widget->objectName();
        widget = widget->nextInFocusChain();
    } while (widget != first);
    const QStringList expected{
        QStringLiteral("model"),     QStringLiteral("method"), QStringLiteral("count"),
        QStringLiteral("pool"),      QStringLiteral("steps"),  QStringLiteral("dial"),
        QStringLiteral("eta"),       QStringLiteral("bound"),  QStringLiteral("twin"),
        QStringLiteral("seed"),      QStringLiteral("dice"),   QStringLiteral("keep-seed"),
        QStringLiteral("run-button")};
    QCOMPARE(order.mid(0, expected.size()), expected);
}

void TestMainWindow::modelsThatNeedMoreAreNotOffered()
{
    auto* models = f_->window->findChild<QComboBox*>(QStringLiteral("model"));
    QTRY_VERIFY(models->findData(QStringLiteral("portraits-64")) > 0);
    QVERIFY(models->findData(QStringLiteral("classifier")) < 0);
    QVERIFY(models->findData(QStringLiteral("frames")) < 0);
    QCOMPARE(models->count(), 4); // with a separator
}

void TestMainWindow::networksHaveMethodsAndGentlerSteps()
{
    f_->openWithHole(96);
    auto* models = f_->window->findChild<QComboBox*>(QStringLiteral("model"));
    auto* method = f_->window->findChild<QComboBox*>(QStringLiteral("method"));
    QTRY_VERIFY(models->findData(QStringLiteral("portraits-64")) > 0);
    QVERIFY(!method->isVisible());
    models->setCurrentIndex(models->findData(QStringLiteral("portraits-64")));
    QVERIFY(method->isVisible());
    QVERIFY(f_->window->parameters().modelText().contains(QStringLiteral("Trained on 64 x 64")));
    QVERIFY(f_->window->parameters().modelText().contains(QStringLiteral("It works on 64 × 64 pixels")));
    QCOMPARE(f_->window->parameters().recipe().eta, 0.3);
    for (int i = 0; i < method->count(); ++i) {
        method->setCurrentIndex(i);
        const Recipe recipe = f_->window->parameters().recipe();
        QCOMPARE(recipe.method, method->itemData(i).toString().toStdString());
        QCOMPARE(recipe.model, std::string("portraits-64"));
        validate(recipe);
    }
    models->setCurrentIndex(models->findData(QStringLiteral("this-photo")));
    QCOMPARE(f_->window->parameters().recipe().method, std::string("project"));
    QCOMPARE(f_->window->parameters().recipe().eta, diversity(default_dial).eta);
}

void TestMainWindow::aNewExampleIsDrawnWithItsModel()
{
    QTest::mouseClick(f_->window->findChild<QPushButton*>(QStringLiteral("new-example")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(f_->window->document().isOpen(), 20000);
    const Picture first = f_->window->document().picture();
    QCOMPARE(first.width, 256);
    QVERIFY(f_->window->document().holePixels() > 100);
    QVERIFY(f_->window->document().coverage() < 0.6);
    QTRY_COMPARE(f_->window->parameters().recipe().model, std::string("portraits-64"));
    f_->action("new-example")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!(f_->window->document().picture() == first), 20000);
    f_->window->files().openNewScene(QStringLiteral("cats"));
    QTRY_VERIFY_WITH_TIMEOUT(f_->window->document().name() == QStringLiteral("Cat"), 20000);
}

void TestMainWindow::thePortraitIsTheFirstExample()
{
    QCOMPARE(examples().front().id, QStringLiteral("portrait"));
    QTest::mouseClick(f_->window->findChild<QAbstractButton*>(QStringLiteral("example-portrait")),
                      Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(f_->window->document().isOpen(), 20000);
    QTRY_COMPARE(f_->window->parameters().recipe().model, std::string("portraits-64"));
    QCOMPARE(f_->window->document().picture().width, 256);
    QVERIFY(f_->window->document().picture() == loadExample(examples().front()).picture);
    // A list of models that comes later leaves the choice alone.
    f_->window->parameters().setModels(FakeSession(f_->script).models());
    QCOMPARE(f_->window->parameters().recipe().model, std::string("portraits-64"));
}

void TestMainWindow::theWindowOfANetworkIsDrawn()
{
    f_->openWithHole(64);
    const QImage before = f_->window->canvas().grab().toImage();
    f_->window->canvas().setWindows({{{16, 16, 48, 48}, 16, 16}});
    QVERIFY(f_->window->canvas().grab().toImage() != before);
    f_->window->canvas().setWindows({});
    QCOMPARE(f_->window->canvas().grab().toImage(), before);
    f_->window->parameters().chooseModelOf(QStringLiteral("portraits"));
    QTRY_COMPARE(f_->window->parameters().recipe().model, std::string("portraits-64"));
    QVERIFY(f_->generate());
    QTRY_COMPARE(f_->window->canvas().windows().size(), std::size_t(1));
    f_->openWithHole(32);
    QVERIFY(f_->window->canvas().windows().empty());
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
