// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QDropEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

#include "engine/core/atomic_file.h"
#include "tests/ui/window_fixture.h"
#include "ui/export/exporter.h"
#include "ui/settings/settings.h"

/// What a person does at the window, for tests that go a long way with it.
namespace lacuna::ui {

/// The folders of a user who has just installed Lacuna, and a folder for files.
class FreshProfile {
public:
    FreshProfile()
    {
        settings() = Settings();
        qputenv("XDG_STATE_HOME", at(QStringLiteral("state")).toUtf8());
        QDir(folder_.path()).mkdir(QStringLiteral("files"));
    }
    QString files() const { return at(QStringLiteral("files")); }
    QString file(const QString& name) const { return files() + u'/' + name; }
    QString write(const QString& name, const std::vector<std::uint8_t>& bytes) const
    {
        write_file(path(file(name)), bytes);
        return file(name);
    }
    static std::filesystem::path path(const QString& file) { return file.toStdU16String(); }

private:
    QString at(const QString& name) const { return folder_.filePath(name); }

    QTemporaryDir folder_{};
};

/// Remembers every modal window that was shown.
class ModalWatch : public QObject {
public:
    ModalWatch() { qApp->installEventFilter(this); }
    const QStringList& seen() const { return seen_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const auto* widget = event->type() == QEvent::Show ? qobject_cast<QWidget*>(watched) : nullptr;
        if (widget && widget->isWindow() && widget->isModal())
            seen_ << QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->windowTitle();
        return false;
    }

private:
    QStringList seen_{};
};

/// Answers file dialogs, which have event loops of their own: puts a name into the field and presses Enter.
class DialogTyper : public QObject {
public:
    explicit DialogTyper(const QString& file) : file_(file) { startTimer(2); }
    QString title() const { return title_; }   ///< of the dialog that was answered
    QString spoken() const { return spoken_; } ///< name of the field that had the keyboard

protected:
    void timerEvent(QTimerEvent* event) override
    {
        const auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        auto* field = dialog ? qobject_cast<QLineEdit*>(dialog->focusWidget()) : nullptr;
        if (!field)
            return;
        killTimer(event->timerId());
        title_ = dialog->windowTitle();
        spoken_ = QAccessible::queryAccessibleInterface(field)->text(QAccessible::Name);
        field->setText(file_); // key by key a list of suggestions would open and take Enter
        QTest::keyClick(field, Qt::Key_Return);
    }

private:
    QString file_;
    QString title_{};
    QString spoken_{};
};

inline bool until(const std::function<bool()>& done)
{
    return QTest::qWaitFor(done, 30000);
}

/// Hands and eyes. An act is what is done in one go: a drop, a stroke, a click, a key, also one that is held.
class Person {
public:
    explicit Person(const WindowFixture& fixture) : f_(fixture) {}

    int acts() const { return acts_; }

    void drop(const QString& file)
    {
        ++acts_;
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter({60, 60}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(f_.window.get(), &enter);
        QDropEvent event({60, 60}, Qt::CopyAction, &data, Qt::LeftButton, {});
        if (enter.isAccepted())
            QApplication::sendEvent(f_.window.get(), &event);
    }

    /// Drops a picture; true when it is there.
    bool opens(const QString& file)
    {
        drop(file);
        return until([&] { return f_.window->document().source().filePath == file; });
    }

    /// By the menu and its dialog; returns what is said.
    QString importsMask(const QString& file) const
    {
        const DialogTyper typer(file);
        f_.window->messages().dismiss();
        f_.action("import-mask")->trigger();
        until([this] { return f_.window->messages().isVisible(); });
        comesBack();
        return f_.window->messages().text();
    }

    /// To the window from a dialog, as window managers bring people back.
    bool comesBack() const
    {
        f_.window->activateWindow();
        return until([this] { return f_.window->isActiveWindow() && QApplication::focusWidget(); });
    }

    /// Over the canvas, through pixels of the picture.
    void stroke(const QPolygonF& through, Qt::MouseButton button = Qt::LeftButton)
    {
        ++acts_;
        Canvas& canvas = f_.window->canvas();
        const auto at = [&canvas](QPointF pixel) { return canvas.view().toWidget(pixel).toPoint(); };
        QTest::mousePress(&canvas, button, {}, at(through.first()));
        for (const QPointF& pixel : through) {
            QMouseEvent move(QEvent::MouseMove, at(pixel), canvas.mapToGlobal(QPointF(at(pixel))),
                             Qt::NoButton, button, {});
            QApplication::sendEvent(&canvas, &move);
        }
        QTest::mouseRelease(&canvas, button, {}, at(through.last()));
    }

    /// Null: in the middle.
    void click(QWidget* widget, QPoint where = {})
    {
        ++acts_;
        QTest::mouseClick(widget, Qt::LeftButton, {}, where.isNull() ? widget->rect().center() : where);
    }

    /// For whatever has the keyboard.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { hold(key, 1, modifiers); }
    void hold(Qt::Key key, int times, Qt::KeyboardModifiers modifiers = {})
    {
        ++acts_;
        for (int i = 0; i < times; ++i)
            QTest::keyClick(keyboard(), key, modifiers);
    }
    void type(const QString& text)
    {
        ++acts_;
        QTest::keyClick(keyboard(), Qt::Key_A, Qt::ControlModifier); // what is there is replaced
        QTest::keyClicks(keyboard(), text);
    }

    QWidget* keyboard() const
    {
        QWidget* focus = QApplication::focusWidget();
        return focus ? focus : f_.window.get();
    }

    /// What a screen reader says of where the keyboard is; empty: nothing, or the keyboard is nowhere.
    static QString spoken()
    {
        QAccessibleInterface* there = QApplication::focusWidget()
                                          ? QAccessible::queryAccessibleInterface(QApplication::focusWidget())
                                          : nullptr;
        return there ? there->text(QAccessible::Name) : QString();
    }

private:
    const WindowFixture& f_;
    int acts_ = 0;
};

/// A new user at the window that the program has just started.
struct Journey : FreshProfile, WindowFixture {
    Person person{*this};

    Journey() { script->stepTime = std::chrono::milliseconds(0); }
    bool begin() const
    {
        window->startSession();
        window->activateWindow();
        return show() && QTest::qWaitForWindowActive(window.get());
    }
};

/// True when the run has ended, all of it is shown, and one completion is on the canvas.
inline bool untilFilled(const WindowFixture& f)
{
    return until([&f] {
        return !f.window->run().running() && !f.window->gallery().grouping()
               && f.window->canvas().completionShown();
    });
}

/// Generates by key, as soon as the window has seen that there is a hole; true when the set is there.
inline bool generates(Journey& f)
{
    if (!until([&f] { return f.action("generate")->isEnabled(); }))
        return false;
    f.person.press(Qt::Key_Return, Qt::ControlModifier);
    return untilFilled(f);
}

/// The message of the window that has these words.
inline bool untilTold(const WindowFixture& f, const QString& words)
{
    return until([&] { return f.window->messages().text().contains(words); });
}

} // namespace lacuna::ui
