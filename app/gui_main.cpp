// SPDX-License-Identifier: GPL-3.0-or-later
// The composition root of the desktop application: the engine meets the window here and nowhere else.
#include "app/startup.h"
#include "engine/fill/fill_session.h"
#include "engine/sweep/picture_judge.h"
#include "ui/application/application.h"
#include "ui/models/model_settings.h"

int main(int argc, char** argv)
{
    lacuna::prepare_process();
    return lacuna::ui::runApplication(
        argc, argv, [] { return lacuna::make_fill_session(0, lacuna::ui::chosenDevice()); },
        lacuna::make_picture_judge);
}
