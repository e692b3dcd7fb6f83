// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/verify/verifier.h"

#include <algorithm>
#include <utility>

#include "engine/core/decoder_process.h"
#include "engine/core/error.h"
#include "engine/project/png_recipe.h"
#include "ui/document/document.h"
#include "ui/language/language.h"
#include "ui/messages/message_bar.h"
#include "ui/results/results.h"

namespace lacuna::ui {
namespace {

QString place(const Maker& maker)
{
    if (maker.device.empty())
        return Verifier::tr("the processor");
    const QString device = QString::fromStdString(maker.device);
    return maker.precision.empty()
               ? device
               : Verifier::tr("%1 in %2").arg(device, QString::fromStdString(maker.precision));
}

/// What makes a difference likely; empty: nothing.
QString reason(const Recipe& before, const Recipe& now)
{
    const Maker made = maker_of(before), here = maker_of(now);
    if (made.device != here.device || made.precision != here.precision)
        return Verifier::tr("It was made on %1, and ran again on %2.").arg(place(made), place(here));
    if (made.version != here.version)
        return Verifier::tr("It was made by Lacuna %1, and this is %2.")
            .arg(QString::fromStdString(made.version), QString::fromStdString(here.version));
    if (before.model_sha256 != now.model_sha256)
        return Verifier::tr("The weights of %1 are others than those it was made with.")
            .arg(QString::fromStdString(now.model));
    return {};
}

} // namespace

int Verdict::differing() const
{
    return int(std::count_if(completions.begin(), completions.end(),
                             [](const Reproduced& one) { return !one.exact(); }));
}

bool Verdict::exact() const
{
    return !completions.empty() && differing() == 0;
}

QString Verdict::sentence() const
{
    int largest = 0;
    std::size_t samples = 0;
    for (const Reproduced& one : completions) {
        largest = std::max(largest, one.largest);
        samples += one.samples;
    }
    QString text =
        exact() ? Verifier::tr(
                      "Verified: the recipe gave the same again, %1 of %1 completions equal in every sample.")
                      .arg(completions.size())
                : Verifier::tr(
                      "Not the same: %1 of %2 completions differ, in %3 samples by at most %4 levels of 255.")
                      .arg(differing())
                      .arg(completions.size())
                      .arg(count(samples))
                      .arg(largest);
    if (const QString why = reason(before, now); !why.isEmpty())
        text += u' ' + why;
    return text;
}

Verifier::Verifier(const Parts& parts, const EngineLink& beside, QObject* parent)
    : QObject(parent),
      parts_(parts),
      link_(beside, nullptr)
{
    connect(&link_, &EngineLink::engineFreed, this, &Verifier::submit);
    connect(&link_, &EngineLink::finished, this, &Verifier::finished);
    connect(&link_, &EngineLink::progressed, this, [this](const Progress& progress) {
        if (running() && progress.total > 0)
            Q_EMIT busy(tr("Verifying: %1 of %2 evaluations …").arg(progress.done).arg(progress.total));
    });
    connect(&parts_.document, &Document::opened, this, &Verifier::stop);
}

void Verifier::refuse(const QString& reason)
{
    parts_.messages.show(MessageBar::Kind::Problem, reason);
}

void Verifier::start()
{
    if (running())
        return;
    if (const SharedSet& filled = parts_.results.filled()) {
        const CompletionSet& set = filled->set;
        if (set.stopped || set.completions.empty())
            return refuse(
                tr("A set that was stopped before its end cannot be made again. Generate it anew."));
        auto subject = std::make_shared<Subject>();
        subject->request = filled->request;
        subject->request.recipe = set.recipe;
        subject->set = std::shared_ptr<const CompletionSet>(filled, &set);
        return begin(std::move(subject));
    }
    const auto& source = parts_.document.source();
    if (!source.recipe || !source.bytes)
        return refuse(tr("There is nothing to verify. Generate a set, or open a project or a PNG file that "
                         "carries its recipe."));
    inBackground(
        this,
        [picture = parts_.document.picture(), bytes = source.bytes, mask = *parts_.document.sharedMask()] {
            return std::make_shared<const Subject>(carriedBy(picture, *bytes, mask));
        },
        [this](const Attempt<std::shared_ptr<const Subject>>& subject) {
            if (const auto* problem = std::get_if<Problem>(&subject))
                refuse(problem->message);
            else if (!running())
                begin(std::get<0>(subject));
        });
}

/// The hole is that of the file, or the mask where the file has none. What a completion shows there is not asked for:
/// models see known pixels only.
Verifier::Subject Verifier::carriedBy(const Picture& picture, const std::vector<std::uint8_t>& file,
                                      Mask mask)
{
    const std::string name = tr("The picture").toStdString();
    const auto refused = [&](const QString& cause, const QString& action) {
        return Error(ErrorKind::Input, name, cause.toStdString(), action.toStdString());
    };
    const auto carried = find_recipe(decode_outside(file, name).texts, picture.width, picture.height, name);
    if (!carried)
        throw refused(tr("carries no recipe"), tr("Open a project, or a PNG file that Lacuna has exported"));
    if (carried->recipe.soft_edge > 0)
        throw refused(tr("has a hole with a soft edge, under which nothing is known of it"),
                      tr("Open the project of the set"));
    Subject subject{.request = {.picture = picture,
                                .mask = carried->hole ? *carried->hole : std::move(mask),
                                .recipe = carried->recipe},
                    .member = carried->member};
    const std::string& hole = carried->recipe.mask_sha256;
    if (!hole.empty() && content_hash(subject.request.mask) != hole)
        throw refused(tr("was made with another hole than the mask"),
                      tr("Import the mask that it was made with"));
    return subject;
}

void Verifier::begin(std::shared_ptr<const Subject> subject)
{
    subject_ = std::move(subject);
    stopping_ = false;
    parts_.messages.ask(tr("The recipe runs again in the background, behind other runs."), tr("Stop"),
                        [this] { stop(); });
    Q_EMIT busy(tr("Verifying …"));
    submit();
}

/// Others go before: what they interrupt begins again when the engine is free.
void Verifier::submit()
{
    if (!running() || stopping_ || link_.running() || link_.othersRunning())
        return;
    FillRequest request = subject_->request;
    request.preview_longest = 0;
    link_.submit(std::move(request));
}

void Verifier::stop()
{
    if (!running())
        return;
    stopping_ = true;
    link_.stop();
    if (running() && !link_.running())
        end(Problem{tr("Stopped. Nothing was compared.")});
}

void Verifier::finished(const Outcome& outcome)
{
    if (!running())
        return;
    if (const auto* failure = std::get_if<Failed>(&outcome.result))
        return end(Problem{QString::fromStdString(failure->message)});
    const auto& again = std::get<CompletionSet>(outcome.result);
    if (again.stopped) // the run that interrupted it may have ended before
        return stopping_ ? end(Problem{tr("Stopped. Nothing was compared.")}) : submit();
    inBackground(
        this,
        [subject = subject_, now = filledSet(subject_->request, again)] {
            Verdict verdict{.before = subject->request.recipe, .now = now->set.recipe};
            const FillRequest& request = subject->request;
            const auto judge = [&](const Picture& kept, int member) {
                verdict.completions.push_back(compare(kept, member, request, now->set));
            };
            if (!subject->set)
                judge(request.picture, subject->member);
            else
                for (const Completion& one : subject->set->completions)
                    if (!one.patches.empty())
                        judge(composite(canvas(request, *subject->set), canvas_hole(request, *subject->set),
                                        one, subject->set->recipe.soft_edge),
                              one.member);
            return verdict;
        },
        [this, subject = subject_](const Attempt<Verdict>& verdict) {
            if (subject == subject_)
                end(verdict);
        });
}

void Verifier::end(const Attempt<Verdict>& result)
{
    subject_.reset();
    Q_EMIT busy({});
    if (const auto* problem = std::get_if<Problem>(&result))
        return parts_.messages.show(stopping_ ? MessageBar::Kind::Note : MessageBar::Kind::Problem,
                                    problem->message);
    const Verdict& verdict = std::get<Verdict>(result);
    parts_.messages.show(verdict.exact() ? MessageBar::Kind::Note : MessageBar::Kind::Problem,
                         verdict.sentence());
    Q_EMIT verified(verdict);
}

} // namespace lacuna::ui
