// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <string>

namespace lacuna {

/// What kind of failure it is; the value is the exit code of the command line.
enum class ErrorKind { Internal = 1, Usage = 2, Input = 3, SomeFailed = 4, Memory = 5, Output = 6 };

/// The one error type. what() is one or two sentences for people: the subject (a file or a parameter), the
/// cause, what to do, and what is safe. Text taken from files is escaped by the constructor.
class Error : public std::exception {
public:
    Error(ErrorKind kind, std::string subject, std::string cause, std::string action,
          std::string kept = "Nothing was changed.");

    ErrorKind kind() const { return kind_; }
    int exit_code() const { return static_cast<int>(kind_); }
    const std::string& subject() const { return subject_; }
    const std::string& cause() const { return cause_; }
    const std::string& action() const { return action_; }
    const std::string& kept() const { return kept_; }
    const char* what() const noexcept override { return message_.c_str(); }

private:
    ErrorKind kind_;
    std::string subject_, cause_, action_, kept_, message_;
};

/// Makes text from outside safe to show: control and bidirectional characters become '?', at most 200 bytes.
std::string printable(const std::string& text);

/// A precondition between our own functions; throws Error{Internal} with file and line.
void check(bool condition, const char* what, const char* file = __builtin_FILE(),
           int line = __builtin_LINE());

} // namespace lacuna
