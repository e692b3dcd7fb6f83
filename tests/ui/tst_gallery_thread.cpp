// SPDX-License-Identifier: GPL-3.0-or-later
// The gallery groups large pools on a thread: the window goes on, and the newest result is shown.
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <ctime>

#include "engine/core/philox.h"
#include "tests/ui/window_fixture.h"
#include "ui/appearance/motion.h"
#include "ui/gallery/gallery_side.h"
#include "ui/gallery/rule_switch.h"
#include "ui/gallery/unseen_gauge.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr int columns = 25;
constexpr double longestGap = 16; ///< milliseconds

/// Work of this thread so far in milliseconds: what other programs do beside it does not count.
double workDone()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e3 * double(time.tv_sec) + 1e-6 * double(time.tv_nsec);
}

std::shared_ptr<const CandidatePool> pool(int count)
{
    CandidatePool pool{.columns = columns, .features = std::vector<float>(std::size_t(count) * columns)};
    standard_normals({.seed = 3}, pool.features.data(), pool.features.size());
    const Picture grey =
        make_picture(32, 32, 3, 8, [](std::uint8_t* to) { std::fill_n(to, 32 * 32 * 3, 90); });
    for (int i = 0; i < count; ++i) {
        Completion one;
        one.member = i;
        one.patches.push_back({16, 16, grey});
        pool.candidates.push_back(std::move(one));
    }
    return std::make_shared<const CandidatePool>(std::move(pool));
}

} // namespace

class TestGalleryThread : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
        setMotion(false);
    }
    void init()
    {
        f_ = std::make_unique<WindowFixture>();
        QVERIFY(f_->show());
        f_->openWithHole();
        request_.picture = f_->window->document().picture();
        request_.mask = f_->window->document().mask();
        request_.recipe = f_->window->parameters().recipe();
        request_.recipe.eta = 0;
        request_.recipe.pool = 1000;
        gallery().begin(5);
    }
    void cleanup() { f_->window.reset(); }
    void theWindowGoesOnWithAThousand();
    void aStarEstimatesNothing();
    void theNewestWishComesLast();
    void nothingComesOfARunThatIsGone();

private:
    GalleryPanel& gallery() const { return f_->window->gallery(); }
    void show(int count) const { f_->window->results().grow(filledSet(request_, pool(count))); }

    std::unique_ptr<WindowFixture> f_;
    FillRequest request_{};
};

/// Between two turns of the event loop lies no more work than a frame has time for, whatever is asked for meanwhile.
void TestGalleryThread::theWindowGoesOnWithAThousand()
{
    std::vector<SharedSet> snapshots;
    for (const int count : {400, 700, 1000})
        snapshots.push_back(filledSet(request_, pool(count)));
    show(100);
    QTRY_COMPARE(gallery().model().count(), 100); // cards and layout are there
    QTRY_VERIFY(!gallery().card(4)->content().picture.isNull());

    double longest = 0, last = workDone();
    std::size_t step = 0;
    QTimer ticks;
    connect(&ticks, &QTimer::timeout, this, [&] {
        longest = std::max(longest, workDone() - last);
        last = workDone();
        if (gallery().grouping())
            return;
        if (step < snapshots.size())
            f_->window->results().grow(snapshots[step]);
        else if (step == snapshots.size())
            gallery().rules().button(Rule::Uniform)->click();
        else if (step == snapshots.size() + 1)
            Q_EMIT gallery().stage().starPressed(gallery().stage().candidate(2));
        ++step;
    });
    ticks.start(0);
    QTRY_VERIFY_WITH_TIMEOUT(step > snapshots.size() + 3, 60000);
    QCOMPARE(gallery().model().count(), 1000);
    QCOMPARE(gallery().model().tree()->options().rule, Rule::Uniform);
    QVERIFY2(longest < longestGap, qPrintable(QStringLiteral("%1 ms").arg(longest)));

    // The same work in one piece would be much more.
    GroupingWish wish = gallery().model().wish(true);
    last = workDone();
    const SharedGrouping grouping = group(wish);
    const double inOnePiece = workDone() - last;
    qInfo("longest gap %.1f ms; grouping takes %.1f ms", longest, inOnePiece);
    QVERIFY(longest < inOnePiece / 2);
    QCOMPARE(grouping->count(), 1000);
}

void TestGalleryThread::aStarEstimatesNothing()
{
    show(300);
    QTRY_COMPARE(gallery().model().count(), 300);
    QTRY_VERIFY(!gallery().grouping());
    const SharedGrouping before = gallery().model().grouping();
    const QString headline = gallery().side().gauge().headline();
    QTest::keyClick(gallery().card(2), Qt::Key_S);
    QVERIFY(gallery().card(2)->content().starred);
    QVERIFY(!gallery().grouping());
    QCOMPARE(gallery().model().grouping(), before);
    QCOMPARE(gallery().side().gauge().headline(), headline);
}

void TestGalleryThread::theNewestWishComesLast()
{
    show(300);
    QTRY_COMPARE(gallery().model().count(), 300);
    QSignalSpy results(&gallery(), &GalleryPanel::grouped);
    const Rule wishes[] = {Rule::KMeans, Rule::Random, Rule::Uniform};
    std::vector<Rule> shown;
    connect(&gallery(), &GalleryPanel::grouped, this,
            [&] { shown.push_back(gallery().model().tree()->options().rule); });
    for (const Rule rule : wishes)
        QTest::mouseClick(gallery().rules().button(rule), Qt::LeftButton);
    QTRY_VERIFY(!gallery().grouping());
    QCOMPARE(gallery().model().tree()->options().rule, Rule::Uniform);
    QVERIFY(!shown.empty() && shown.size() <= 3);
    auto place = std::begin(wishes); // never an older one after a newer
    for (const Rule rule : shown) {
        place = std::find(place, std::end(wishes), rule);
        QVERIFY(place != std::end(wishes));
    }
}

void TestGalleryThread::nothingComesOfARunThatIsGone()
{
    QSignalSpy results(&gallery(), &GalleryPanel::grouped);
    show(300);
    QVERIFY(gallery().grouping());
    f_->window->results().clear();
    gallery().begin(3);
    QVERIFY(!gallery().grouping());
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(results.count(), 0);
    QVERIFY(!gallery().model().hasTree());
    QCOMPARE(gallery().count(), 3);
}

QTEST_MAIN(TestGalleryThread)
#include "tst_gallery_thread.moc"
