// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include "tests/ui/canvas_fixture.h"
#include "tests/ui/window_fixture.h"

namespace lacuna::ui {

constexpr QSize pictureSize = CanvasFixture::pictureSize;

/// The pixels whose centre is inside.
template <typename Inside> Mask maskOf(QSize size, const Inside& inside)
{
    Mask mask(size.width(), size.height());
    for (int y = 0; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x)
            if (inside(x + 0.5, y + 0.5))
                mask.values[std::size_t(y) * size.width() + x] = 255;
    return mask;
}

inline Mask rectangle(QSize size, QRect rect)
{
    return maskOf(size, [&](double x, double y) { return rect.contains(int(x), int(y)); });
}

/// Tests of masks: each begins with a shown canvas and settings of its own.
class MaskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(settings_.isValid());
        qputenv("XDG_CONFIG_HOME", settings_.path().toUtf8());
        qputenv("XDG_STATE_HOME", settings_.path().toUtf8());
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        f_ = std::make_unique<CanvasFixture>();
        QVERIFY(f_->show());
    }
    void cleanup() { f_.reset(); }

protected:
    const Mask& mask() const { return f_->document.mask(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}, int times = 1)
    {
        for (int i = 0; i < times; ++i)
            QTest::keyClick(&f_->canvas, key, modifiers);
    }
    static std::unique_ptr<WindowFixture> window()
    {
        auto made = std::make_unique<WindowFixture>();
        return made->show() ? std::move(made) : nullptr;
    }

    QTemporaryDir settings_{};
    std::unique_ptr<CanvasFixture> f_;
};

} // namespace lacuna::ui
