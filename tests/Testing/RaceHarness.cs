using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Serverless.Testing;

/// <summary>One call of a race. The client carries who calls.</summary>
/// <param name="Path">As <c>api/v1/bills/payments</c>.</param>
/// <param name="Body">JSON; null for none.</param>
public sealed record RaceCall(HttpClient Client, HttpMethod Method, string Path, string? Body = null)
{
    /// <summary>Besides the key: a webhook's signature.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static RaceCall Post(HttpClient client, string path, string? body = null) => new(client, HttpMethod.Post, path, body);
}

public sealed record RaceAnswer(HttpStatusCode Status, string Text)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The problem's code; null for anything but a problem.</summary>
    public string? Code => IsSuccess || Text.Length == 0 ? null : (string?)Json["code"];

    /// <summary><c>409 invoice_being_paid</c>, or the status with the body.</summary>
    public override string ToString() => Code is { } code ? $"{(int)Status} {code}" : $"{(int)Status} {Text}";
}

/// <summary>Sends the same operation at the same moment from 2 to 16 callers, and says that it took effect once.</summary>
/// <remarks>
/// <c>effects</c> looks at the bank when all have their answer and counts how often the operation took effect: entries, rows, what the partner
/// booked; never the answers. It may let the bank's sweepers run first.
/// </remarks>
public static class RaceHarness
{
    public const int CallersAtMost = 16;

    /// <summary>One caller who has not heard back and sends again: same key, same body. All get the first answer, byte for byte.</summary>
    /// <returns>The answer.</returns>
    public static async Task<RaceAnswer> SameKeyAsync(RaceCall call, Func<Task<int>> effects, int callers = 8)
    {
        var key = NewKey();
        var answers = await AtOnceAsync([.. Enumerable.Repeat((call, (string?)key), callers)]);
        Assert(answers.All(answer => answer.IsSuccess), "Not all succeeded.", answers);
        Assert(answers.Distinct().Count() == 1, "Not all got the same answer.", answers);
        await OneEffectAsync(effects, answers);
        return answers[0];
    }

    /// <summary>One key for two bodies: one of the two is done, and who sent the other is told <c>422 idempotency_key_reused</c>.</summary>
    /// <param name="otherBody">Would be accepted under a key of its own.</param>
    /// <returns>The answer of the one that was done.</returns>
    public static async Task<RaceAnswer> SameKeyOtherBodyAsync(RaceCall call, string otherBody, Func<Task<int>> effects, int callers = 8)
    {
        var key = NewKey();
        var other = call with { Body = otherBody };
        var answers = await AtOnceAsync([.. Enumerable.Range(0, callers).Select(i => (i % 2 == 0 ? call : other, (string?)key))]);
        var winner = Array.FindIndex(answers, answer => answer.IsSuccess);
        Assert(winner >= 0, "Nobody succeeded.", answers);
        for (var i = 0; i < callers; i++)
        {
            if (i % 2 == winner % 2)
                Assert(answers[i] == answers[winner], "Who sent what was done got another answer.", answers);
            else
                Assert(answers[i].ToString() == "422 idempotency_key_reused", "Who sent the other body was not told so.", answers);
        }

        await OneEffectAsync(effects, answers);
        return answers[winner];
    }

    /// <summary>Many callers, each with a key of its own, want what there is only once: one gets it.</summary>
    /// <param name="calls">2 to 16; the same or of different customers.</param>
    /// <param name="refusals">What the others may be told, as <c>409 invoice_being_paid</c>.</param>
    /// <returns>The answer of the one who got it.</returns>
    public static async Task<RaceAnswer> OneShotAsync(IReadOnlyList<RaceCall> calls, Func<Task<int>> effects, params string[] refusals)
    {
        var answers = await AtOnceAsync([.. calls.Select(call => (call, (string?)NewKey()))]);
        Assert(answers.Count(answer => answer.IsSuccess) == 1, "Not exactly one succeeded.", answers);
        Assert(
            answers.All(answer => answer.IsSuccess || refusals.Contains(answer.ToString(), StringComparer.Ordinal)),
            $"Somebody was told something else than {string.Join(" or ", refusals)}.", answers);
        await OneEffectAsync(effects, answers);
        return answers.Single(answer => answer.IsSuccess);
    }

    /// <summary>As <see cref="OneShotAsync"/> where a latecomer may also be given what there is already, because he asked for the very same thing.</summary>
    /// <returns>The answer of all who succeeded.</returns>
    public static async Task<RaceAnswer> OneThingAsync(IReadOnlyList<RaceCall> calls, Func<Task<int>> effects, params string[] refusals)
    {
        var answers = await AtOnceAsync([.. calls.Select(call => (call, (string?)NewKey()))]);
        var done = answers.Where(answer => answer.IsSuccess).Distinct().ToArray();
        Assert(done.Length == 1, "Not all who succeeded got the same answer, or nobody succeeded.", answers);
        Assert(
            answers.All(answer => answer.IsSuccess || refusals.Contains(answer.ToString(), StringComparer.Ordinal)),
            $"Somebody was told something else than {string.Join(" or ", refusals)}.", answers);
        await OneEffectAsync(effects, answers);
        return done[0];
    }

    /// <summary>
    /// An operation without a key that leaves the same behind however often it is done (a setting, a cancellation): all succeed, with the same
    /// answer, or are told that it is done already.
    /// </summary>
    /// <param name="doneAlready">As <c>404 contract_not_found</c> for something that was removed; at least one succeeds.</param>
    public static async Task<RaceAnswer> SameCallAsync(RaceCall call, Func<Task<int>> effects, int callers = 8, string? doneAlready = null)
    {
        var answers = await AtOnceAsync([.. Enumerable.Repeat((call, (string?)null), callers)]);
        var done = answers.Where(answer => answer.IsSuccess).ToArray();
        Assert(done.Length > 0 && answers.All(answer => answer.IsSuccess || answer.ToString() == doneAlready), "Somebody failed.", answers);
        Assert(done.Distinct().Count() == 1, "Not all got the same answer.", answers);
        await OneEffectAsync(effects, answers);
        return done[0];
    }

    /// <summary>Different values for one thing at the same moment: all are taken, and what is left is one of them as a whole.</summary>
    /// <param name="read">What the bank has in the end, as the answer to the one that was last.</param>
    public static async Task LastOneStaysAsync(IReadOnlyList<RaceCall> calls, Func<Task<string>> read, params string[] refusals)
    {
        var answers = await AtOnceAsync([.. calls.Select(call => (call, (string?)null))]);
        Assert(
            answers.Any(answer => answer.IsSuccess)
            && answers.All(answer => answer.IsSuccess || refusals.Contains(answer.ToString(), StringComparer.Ordinal)), "Somebody failed.", answers);
        var left = await read();
        Assert(answers.Any(answer => answer.IsSuccess && answer.Text == left), $"What is left was nobody's: {left}", answers);
    }

    /// <summary>All calls leave at the same moment; answers in the order of the calls.</summary>
    public static async Task<RaceAnswer[]> AtOnceAsync(IReadOnlyList<(RaceCall Call, string? Key)> calls)
    {
        if (calls.Count is < 2 or > CallersAtMost)
            throw new ArgumentOutOfRangeException(nameof(calls), "A race has 2 to 16 callers.");
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = calls.Select(async one =>
        {
            await start.Task;
            return await SendAsync(one.Call, one.Key);
        }).ToArray();
        start.SetResult();
        return await Task.WhenAll(running);
    }

    private static async Task<RaceAnswer> SendAsync(RaceCall call, string? key)
    {
        using var request = new HttpRequestMessage(call.Method, call.Path);
        if (call.Body is { } body)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        foreach (var (name, value) in call.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await call.Client.SendAsync(request);
        return new RaceAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task OneEffectAsync(Func<Task<int>> effects, RaceAnswer[] answers)
    {
        var times = await effects();
        Assert(times == 1, $"It took effect {times} times.", answers);
    }

    private static void Assert(bool holds, string otherwise, RaceAnswer[] answers) =>
        Xunit.Assert.True(holds, holds ? null : $"{otherwise}{Environment.NewLine}{string.Join(Environment.NewLine, answers
            .CountBy(answer => answer.ToString()).Select(same => $"{same.Value} x {same.Key}"))}");

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
