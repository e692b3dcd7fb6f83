// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/engine_link/engine_link.h"

class QAction;

namespace lacuna::ui {

class DistanceGraph;
class Document;
class GalleryPanel;
class MessageBar;
class ParameterPanel;
class Results;
class RunBox;

/// One run from Generate to the set: builds the request, shows its progress and hands the outcome over. A job of the
/// queue may be of a picture that is not open: then its progress is told, but nothing of it is shown.
class RunController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Document& document;
        ParameterPanel& parameters;
        RunBox& runBox;
        GalleryPanel& gallery;
        Results& results;
        MessageBar& messages;
        DistanceGraph& graph;
        QAction* generate;
        QAction* stop;
    };
    RunController(SessionFactory makeSession, const Parts& parts, QObject* parent);

    bool running() const { return link_.running() || twinNext_; }
    EngineLink& link() { return link_; } ///< for others who want to share the engine
    bool showsRun() const { return running() && shown_; }
    const FillRequest& request() const { return request_; } ///< of the newest run
    void start();
    void startJob(const FillRequest& request, bool shown);
    FillRequest takeRequest() { return makeRequest(); } ///< for a run that will start later
    QString whyNot() const;                             ///< a sentence; empty: a run is possible
    void stop();
    void setPaused(bool paused); ///< holds the run where it is
    bool paused() const { return link_.paused(); }
    /// Another picture is open. A run of the one before is stopped and what comes out of it dropped; a job of the
    /// queue goes on without being shown.
    void abandon();
    void refresh(); ///< enables what is possible and says what is not

    /// As if a run were at this point, or had ended so; for pictures of the window.
    FillRequest beginShown();
    void showProgress(const Progress& progress, const QString& remaining);
    void showCandidates(const FillRequest& request, std::shared_ptr<const CandidatePool> pool);
    void endShown(const FillRequest& request, const CompletionSet& set);

Q_SIGNALS:
    void started();                                                   ///< a run of the open picture
    void progressed(const lacuna::Progress& progress);                ///< of any run
    void arrived(const std::vector<lacuna::Completion>& completions); ///< finished, of the open picture
    void answered(const lacuna::Outcome& outcome);                    ///< of any run that was not abandoned
    void ended();                                                     ///< of any run, behind everything else
    void windowsKnown(const std::vector<lacuna::NetworkWindow>& windows); ///< what the network sees

private:
    FillRequest makeRequest();
    void begin(const FillRequest& request, bool shown, bool job);
    void askCost();
    void note(const Progress& progress);
    void tellProblems(const CompletionSet& set);
    void receive(const Outcome& outcome);
    void finish(const CompletionSet& set);
    void startTwin();
    void finishTwin(const Outcome& outcome);

    Parts parts_;
    FillRequest request_{}; ///< of the run at hand
    QString summary_{};     ///< of the last run
    bool shown_ = true;     ///< the run is of the open picture
    bool job_ = false;      ///< of the queue
    bool abandoned_ = false;
    bool wantsTwin_ = false;   ///< the set at hand is to be made without guidance too
    bool twinNext_ = false;    ///< it begins when everybody knows that the set has come
    bool twinRunning_ = false; ///< that goes on
    std::string told_{};       ///< note of this run
    EngineLink link_;
};

} // namespace lacuna::ui
