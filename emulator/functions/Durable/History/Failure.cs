using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace Serverless.Emulator.Durable.History;

/// <summary>A failure as history keeps it.</summary>
/// <param name="IsFinal">Retries would meet the same wall: there is no such task.</param>
internal sealed record Failure(
    string Type,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stack,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Failure? Inner,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsFinal = false)
{
    private const int MaxStackChars = 4000;
    private const int MaxMessageChars = 8000;

    public static Failure From(Exception exception) => From(TaskFailureDetails.FromException(exception));

    public static Failure From(TaskFailureDetails details) => new(
        details.ErrorType,
        Cut(details.ErrorMessage, MaxMessageChars),
        details.StackTrace is { } stack ? Cut(stack, MaxStackChars) : null,
        details.InnerFailure is { } inner ? From(inner) : null);

    public TaskFailureDetails ToDetails() => new(Type, Message, Stack, Inner?.ToDetails(), null);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
