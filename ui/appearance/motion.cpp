// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appearance/motion.h"

#include <QApplication>
#include <QStyle>

namespace lacuna::ui {
namespace {

constexpr int usualTime = 260;

bool& wanted()
{
    static bool value = qEnvironmentVariable("LACUNA_MOTION") != QLatin1String("off");
    return value;
}

} // namespace

int motionTime()
{
    const bool styled = QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
    return wanted() && styled ? usualTime : 0;
}

void setMotion(bool on)
{
    wanted() = on;
}

} // namespace lacuna::ui
