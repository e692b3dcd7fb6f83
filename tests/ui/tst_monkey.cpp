// SPDX-License-Identifier: GPL-3.0-or-later
// A monkey at the window: random keys, buttons, strokes, drops and runs. Nothing may crash, no handler may hold the
// window up, and what was saved must come back, every hundred actions. LACUNA_MONKEY_ACTIONS says how many actions a
// seed makes.
#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <deque>
#include <random>

#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"
#include "engine/project/project_file.h"
#include "tests/core/project_makers.h"
#include "tests/ui/window_fixture.h"
#include "tests/ui/worked_time.h"
#include "ui/main_window/projects.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

/// Answers dialogs, which have event loops of their own: every other one is cancelled.
class Clerk : public QObject {
public:
    explicit Clerk(QString folder) : folder_(std::move(folder)) { startTimer(2); }

protected:
    void timerEvent(QTimerEvent*) override
    {
        if (QWidget* menu = QApplication::activePopupWidget())
            menu->close();
        auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        auto* files = qobject_cast<QFileDialog*>(dialog);
        if (files && ++asked_ % 2 == 0) {
            files->selectFile(QDir(folder_).filePath(
                QStringLiteral("%1.%2").arg(asked_ % 8).arg(asked_ % 3 == 0 ? u"lacuna" : u"png")));
            files->setOption(QFileDialog::DontConfirmOverwrite);
            // Later: it may open a dialog of its own, which this timer has to answer.
            QMetaObject::invokeMethod(dialog, &QDialog::accept, Qt::QueuedConnection);
            return;
        }
        dialog->reject();
    }

private:
    QString folder_;
    int asked_ = 0;
};

class Monkey {
public:
    Monkey(unsigned seed, WindowFixture& fixture, QString folder)
        : random_(seed),
          f_(fixture),
          folder_(std::move(folder))
    {
    }

    void act();
    double longestMs() const { return longest_; }
    QString longestName() const { return longestName_; }
    QString lastActions() const { return QStringList(last_.begin(), last_.end()).join(u", "); }

private:
    int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }
    void pickAction();
    void stroke();
    void wheel();
    void keys();
    void widget();
    void drop();
    void openAnother();
    void resize();
    void save();
    Qt::KeyboardModifiers modifiers();
    QPoint anywhere(const QWidget& widget);

    std::mt19937 random_;
    WindowFixture& f_;
    QString folder_;
    QString name_{};
    std::deque<QString> last_{};
    double longest_ = 0;
    QString longestName_{};
};

Qt::KeyboardModifiers Monkey::modifiers()
{
    constexpr std::array choices{Qt::NoModifier,    Qt::NoModifier,      Qt::NoModifier,
                                 Qt::ShiftModifier, Qt::ControlModifier, Qt::AltModifier};
    return choices[std::size_t(below(int(choices.size())))];
}

/// Also a little beside the widget: strokes begin and end anywhere.
QPoint Monkey::anywhere(const QWidget& widget)
{
    return {below(std::max(1, widget.width()) + 20) - 10, below(std::max(1, widget.height()) + 20) - 10};
}

void Monkey::pickAction()
{
    const auto& specs = f_.window->actions().specs();
    const char* id = specs[std::size_t(below(int(specs.size())))].id;
    name_ = QString::fromUtf8(id);
    QAction* action = f_.window->actions().get(id);
    if (action && action->isEnabled() && name_ != u"quit")
        action->trigger();
}

void Monkey::stroke()
{
    name_ = QStringLiteral("stroke");
    Canvas& canvas = f_.window->canvas();
    const Qt::MouseButton button = below(4) == 0 ? Qt::RightButton : Qt::LeftButton;
    const Qt::KeyboardModifiers held = modifiers();
    QTest::mousePress(&canvas, button, held, anywhere(canvas));
    for (int i = below(6); i > 0; --i)
        QTest::mouseMove(&canvas, anywhere(canvas));
    if (below(8) == 0)
        QTest::keyClick(&canvas, below(2) ? Qt::Key_Escape : Qt::Key_Z,
                        below(2) ? Qt::ControlModifier : Qt::NoModifier);
    QTest::mouseRelease(&canvas, button, held, anywhere(canvas));
    if (below(6) == 0)
        QTest::mouseDClick(&canvas, Qt::LeftButton, held, anywhere(canvas));
}

void Monkey::wheel()
{
    name_ = QStringLiteral("wheel");
    Canvas& canvas = f_.window->canvas();
    const QPointF at = anywhere(canvas);
    QWheelEvent event(at, canvas.mapToGlobal(at), {}, {0, (below(2) ? 120 : -120) * (1 + below(5))},
                      Qt::NoButton, modifiers(), Qt::NoScrollPhase, false);
    QApplication::sendEvent(&canvas, &event);
}

void Monkey::keys()
{
    constexpr std::array all{
        Qt::Key_Tab,    Qt::Key_Space,    Qt::Key_Return,      Qt::Key_Escape,      Qt::Key_Left,
        Qt::Key_Right,  Qt::Key_Up,       Qt::Key_Down,        Qt::Key_Home,        Qt::Key_End,
        Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Backspace,   Qt::Key_Delete,      Qt::Key_B,
        Qt::Key_C,      Qt::Key_D,        Qt::Key_E,           Qt::Key_L,           Qt::Key_R,
        Qt::Key_S,      Qt::Key_V,        Qt::Key_X,           Qt::Key_0,           Qt::Key_1,
        Qt::Key_5,      Qt::Key_9,        Qt::Key_BracketLeft, Qt::Key_BracketRight};
    QWidget* target = QApplication::focusWidget();
    if (!target || target->window() != f_.window.get())
        target = f_.window.get();
    const Qt::Key key = all[std::size_t(below(int(all.size())))];
    name_ = QStringLiteral("key %1").arg(QKeySequence(key).toString());
    QTest::keyClick(target, key, below(4) ? Qt::NoModifier : Qt::ShiftModifier);
}

/// Any visible control, by mouse or by a few keys.
void Monkey::widget()
{
    QList<QWidget*> controls;
    for (QWidget* one : f_.window->findChildren<QWidget*>())
        if (one->isVisible() && one->isEnabled() && one->focusPolicy() != Qt::NoFocus)
            controls << one;
    if (controls.isEmpty())
        return;
    QWidget* one = controls[below(int(controls.size()))];
    name_ = QStringLiteral("%1 %2").arg(QString::fromUtf8(one->metaObject()->className()), one->objectName());
    if (qobject_cast<QAbstractSpinBox*>(one) && below(2)) {
        one->setFocus();
        for (const char c : {'9', '.', '-', '0', '1'})
            if (below(2))
                QTest::keyClick(one, c);
    } else if (qobject_cast<QComboBox*>(one)) {
        QTest::keyClick(one, below(2) ? Qt::Key_Down : Qt::Key_Up);
    } else {
        QTest::mouseClick(one, Qt::LeftButton, modifiers(),
                          {below(one->width() + 1), below(one->height() + 1)});
    }
}

void Monkey::drop()
{
    name_ = QStringLiteral("drop");
    QMimeData data;
    switch (below(4)) {
    case 0:
        data.setUrls({QUrl::fromLocalFile(QDir(folder_).filePath(QStringLiteral("picture.png")))});
        break;
    case 1:
        data.setUrls({QUrl::fromLocalFile(QDir(folder_).filePath(QStringLiteral("garbage.png")))});
        break;
    case 2:
        data.setUrls(
            {QUrl::fromLocalFile(QDir(folder_).filePath(QStringLiteral("%1.lacuna").arg(below(8))))});
        break;
    default:
        data.setText(QStringLiteral("no picture at all"));
    }
    QDragEnterEvent enter({40, 40}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(f_.window.get(), &enter);
    QDropEvent event({40, 40}, Qt::CopyAction, &data, Qt::LeftButton, {});
    if (enter.isAccepted())
        QApplication::sendEvent(f_.window.get(), &event);
}

void Monkey::openAnother()
{
    name_ = QStringLiteral("open");
    f_.openWithHole(16 + below(120));
}

void Monkey::resize()
{
    name_ = QStringLiteral("resize");
    f_.window->resize(200 + below(1700), 200 + below(900));
}

void Monkey::save()
{
    name_ = QStringLiteral("save");
    if (f_.window->document().isOpen() && !f_.window->projects().saving())
        f_.window->projects().saveAs(QDir(folder_).filePath(QStringLiteral("%1.lacuna").arg(below(8))));
}

void Monkey::act()
{
    const double before = workedMs();
    const int choice = below(100);
    if (choice < 35)
        pickAction();
    else if (choice < 55)
        stroke();
    else if (choice < 62)
        wheel();
    else if (choice < 78)
        keys();
    else if (choice < 90)
        widget();
    else if (choice < 93)
        drop();
    else if (choice < 96)
        openAnother();
    else if (choice < 98)
        save();
    else
        resize();
    QCoreApplication::processEvents();
    const double worked = workedMs() - before;
    if (worked > longest_) {
        longest_ = worked;
        longestName_ = name_;
    }
    last_.push_back(name_);
    if (last_.size() > 20)
        last_.pop_front();
}

bool sameMasks(const Project& a, const Project& b)
{
    return used_mask(a) == used_mask(b)
           && std::equal(a.masks.begin(), a.masks.end(), b.masks.begin(), b.masks.end(),
                         [](const NamedMask& m, const NamedMask& n) {
                             return m.name == n.name && m.soft_edge == n.soft_edge && *m.mask == *n.mask;
                         });
}

bool sameSets(const Project& a, const Project& b)
{
    return std::equal(a.sets.begin(), a.sets.end(), b.sets.begin(), b.sets.end(),
                      [](const ProjectSet& s, const ProjectSet& t) { return test::same(s, t); });
}

} // namespace

class TestMonkey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void anything_data();
    void anything();

private:
    static void saveAndLoad(const WindowFixture& f, const QString& file);
};

/// Whatever there is now is saved over what was saved before, and opened again.
void TestMonkey::saveAndLoad(const WindowFixture& f, const QString& file)
{
    Projects& projects = f.window->projects();
    QTRY_VERIFY_WITH_TIMEOUT(!QApplication::activeModalWidget() && !projects.saving(), 20000);
    if (!f.window->document().isOpen())
        f.openWithHole();
    QSignalSpy stored(&projects, &Projects::stored), opened(&f.window->document(), &Document::opened);
    const Project now = projects.snapshot();
    projects.saveAs(file);
    QTRY_VERIFY_WITH_TIMEOUT(!projects.saving(), 20000);
    if (!opened.isEmpty())
        return saveAndLoad(f, file); // what was dropped before has come just now
    QVERIFY2(stored.count() == 1, qPrintable(f.window->messages().text()));
    const OpenedProject kept = open_project(file.toStdU16String());
    QVERIFY(kept.lost.empty() && kept.project.picture == now.picture);
    QVERIFY(sameMasks(kept.project, now) && sameSets(kept.project, now));

    f.window->files().openPicture(file);
    QTRY_VERIFY_WITH_TIMEOUT(opened.count() > 0, 20000);
    QCOMPARE(projects.file(), std::filesystem::path(file.toStdU16String()));
    QVERIFY2(projects.readOnly().isEmpty(), qPrintable(projects.readOnly()));
    QVERIFY(sameMasks(projects.snapshot(), now) && sameSets(projects.snapshot(), now));
}

void TestMonkey::anything_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestMonkey::anything()
{
    QFETCH(unsigned, seed);
    bool given = false;
    const int asked = qEnvironmentVariableIntValue("LACUNA_MONKEY_ACTIONS", &given);
    const int actions = given ? asked : 150;
    QTemporaryDir folder;
    qputenv("XDG_STATE_HOME", folder.filePath(QStringLiteral("state")).toUtf8());
    write_file(folder.filePath(QStringLiteral("picture.png")).toStdU16String(),
               encode_png(gradient(90, 60), {}));
    QFile garbage(folder.filePath(QStringLiteral("garbage.png")));
    QVERIFY(garbage.open(QIODevice::WriteOnly) && garbage.write("\x89PNG\r\n\x1a\n rubbish") > 0);
    garbage.close();

    WindowFixture f;
    f.script->steps = 5;
    f.script->stepTime = std::chrono::milliseconds(1);
    f.window->startSession();
    QVERIFY(f.show());
    f.openWithHole();
    Clerk clerk(folder.path());
    Monkey monkey(seed, f, folder.path());
    for (int i = 1; i <= actions; ++i) {
        monkey.act();
        if (i % 100 == 0)
            saveAndLoad(f, folder.filePath(QStringLiteral("hundred.lacuna")));
        if (QTest::currentTestFailed())
            return qInfo("after %d actions: %s", i, qPrintable(monkey.lastActions()));
    }
    qInfo("longest handler %.1f ms: %s", monkey.longestMs(), qPrintable(monkey.longestName()));
    QVERIFY2(monkey.longestMs() < 100,
             qPrintable(monkey.longestName() + QStringLiteral(" after ") + monkey.lastActions()));

    // The window still does its work, and what it saves comes back.
    f.window->run().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!f.window->run().running() && !f.window->projects().saving(), 20000);
    f.openWithHole();
    const QString file = folder.filePath(QStringLiteral("last.lacuna"));
    const Picture picture = f.window->document().picture(); // a file that was dropped may still be on its way
    f.window->projects().saveAs(file);
    QTRY_VERIFY_WITH_TIMEOUT(!f.window->projects().saving(), 20000);
    QVERIFY(open_project(file.toStdU16String()).project.picture == picture);
}

QTEST_MAIN(TestMonkey)
#include "tst_monkey.moc"
