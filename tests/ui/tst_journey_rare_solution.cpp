// SPDX-License-Identifier: GPL-3.0-or-later
// From a hole to the rare way to fill it: a pool of a hundred, the slider to its odd end, every rule in turn.
#include <QSlider>
#include <QSpinBox>

#include "engine/core/philox.h"
#include "tests/ui/journey_steps.h"
#include "ui/gallery/rule_switch.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

/// Of its candidates three are of some red; all others are of some grey. Their features are what a hand would measure:
/// the three channels.
class ThreeReds : public FakeSession {
public:
    using FakeSession::FakeSession;

    static bool isRed(int candidate) { return candidate == 23 || candidate == 58 || candidate == 91; }

    CompletionSet fill(const FillRequest& request, const std::function<void(Progress)>& report,
                       std::stop_token stop) override
    {
        CompletionSet set{.recipe = request.recipe};
        for (int count = 0; count < request.recipe.pool && !stop.stop_requested();) {
            const int before = count;
            count = std::min(request.recipe.pool, count + 20);
            set.pool = drawn(request, count);
            const auto& all = set.pool->candidates;
            report({.phase = "Sampling",
                    .done = count,
                    .total = request.recipe.pool,
                    .finished = count,
                    .pool = set.pool,
                    .arrived = {all.begin() + before, all.end()}});
        }
        set.completions.assign(set.pool->candidates.begin(),
                               set.pool->candidates.begin() + request.recipe.count);
        return set;
    }

private:
    static std::shared_ptr<const CandidatePool> drawn(const FillRequest& request, int count)
    {
        CandidatePool pool{.columns = 3};
        for (int i = 0; i < count; ++i) {
            std::array<std::uint8_t, 3> colour{};
            for (std::size_t c = 0; c < 3; ++c) {
                const int middle = !isRed(i) ? 120 : c == 0 ? 210 : 40;
                const double noise = uniform({.seed = request.recipe.seed}, std::uint64_t(i) * 3 + c) - 0.5;
                colour[c] = std::uint8_t(middle + 30 * noise);
                pool.features.push_back(float(colour[c]));
            }
            const auto flat = [&](std::uint8_t* to) {
                for (int p = 0; p < request.picture.width * request.picture.height; ++p)
                    to = std::copy(colour.begin(), colour.end(), to);
            };
            Completion one{.member = i};
            one.patches.push_back(
                {0, 0, make_picture(request.picture.width, request.picture.height, 3, 8, flat)});
            pool.candidates.push_back(std::move(one));
        }
        return std::make_shared<const CandidatePool>(std::move(pool));
    }
};

} // namespace

class TestJourneyRareSolution : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void aPoolOfAHundred();

private:
    GalleryPanel& gallery() const { return f_->window->gallery(); }
    void enter(const char* field, const QString& text);
    void choose(Rule rule);
    void slide(Qt::Key end);
    void checkShares() const;
    int redCards() const;

    std::unique_ptr<Journey> f_{};
};

void TestJourneyRareSolution::enter(const char* field, const QString& text)
{
    f_->person.click(f_->window->findChild<QWidget*>(QLatin1String(field)));
    f_->person.type(text);
    f_->person.press(Qt::Key_Tab);
}

void TestJourneyRareSolution::choose(Rule rule)
{
    f_->person.click(gallery().rules().button(rule));
    QVERIFY(until([this] { return !gallery().grouping(); }));
    QCOMPARE(gallery().model().tree()->options().rule, rule);
    checkShares();
}

void TestJourneyRareSolution::slide(Qt::Key end)
{
    gallery().rules().slider()->setFocus();
    f_->person.press(end);
    QVERIFY(until([this] { return !gallery().grouping(); }));
    QCOMPARE(gallery().model().tree()->options().peculiarity, end == Qt::Key_End ? 1.0 : 0.0);
    checkShares();
}

/// Five cards stand for all hundred, and say so.
void TestJourneyRareSolution::checkShares() const
{
    QCOMPARE(gallery().count(), 5);
    int sum = 0;
    for (int i = 0; i < gallery().count(); ++i) {
        const int share = gallery().card(i)->content().standsFor;
        QVERIFY2(gallery().card(i)->accessibleName().contains(QStringLiteral("%1 of 100").arg(share)),
                 qPrintable(gallery().card(i)->accessibleName()));
        sum += share;
    }
    QCOMPARE(sum, 100);
}

/// By what people see on them.
int TestJourneyRareSolution::redCards() const
{
    int reds = 0;
    for (int i = 0; i < gallery().count(); ++i) {
        const GalleryCard* card = gallery().card(i);
        if (!until([card] { return !card->content().picture.isNull(); }))
            return -1;
        const QImage& picture = card->content().picture;
        const QColor middle = picture.pixelColor(picture.rect().center());
        const bool red = middle.red() > middle.green() + 100;
        if (red != ThreeReds::isRed(gallery().stage().candidate(i)))
            return -1; // another picture than that of its candidate
        reds += red;
    }
    return reds;
}

void TestJourneyRareSolution::aPoolOfAHundred()
{
    f_ = std::make_unique<Journey>();
    f_->window = std::make_unique<MainWindow>([]() -> std::unique_ptr<Session> {
        return std::make_unique<ThreeReds>(std::make_shared<FakeScript>());
    });
    QVERIFY(f_->begin());
    f_->openWithHole();
    enter("pool", QStringLiteral("100"));
    enter("seed", QStringLiteral("4182"));
    f_->window->findChild<QSlider*>(QStringLiteral("dial"))->setFocus();
    f_->person.press(Qt::Key_Home); // samples as the model makes them
    f_->person.click(f_->runButton());
    QVERIFY(untilFilled(*f_));
    QCOMPARE(gallery().model().count(), 100);
    QCOMPARE(f_->window->results().filled()->set.recipe.eta, 0.0);
    checkShares();

    slide(Qt::Key_Home);
    QCOMPARE(redCards(), 0);
    slide(Qt::Key_End);
    QCOMPARE(redCards(), 1);
    for (int i = 0; i < 5; ++i)
        if (ThreeReds::isRed(gallery().stage().candidate(i))) {
            QCOMPARE(gallery().card(i)->content().standsFor, 3); // the whole group
            QVERIFY(gallery().card(i)->content().rare);
        }
    choose(Rule::Random);
    QCOMPARE(redCards(), 0);
    choose(Rule::KMeans);
    QVERIFY(redCards() >= 0);
    choose(Rule::Uniform);
    QVERIFY(redCards() >= 0);
    choose(Rule::FarthestPoint);
    QCOMPARE(redCards(), 1);
    f_.reset();
}

QTEST_MAIN(TestJourneyRareSolution)
#include "tst_journey_rare_solution.moc"
