using Microsoft.AspNetCore.Http;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>The last verb of a function: answers the value, or the error as a problem document.</summary>
public static class Responses
{
    public static async Task<IResult> Respond<T>(this Task<Result<T>> task, Func<T, IResult> answer) => (await task).Respond(answer);

    public static IResult Respond<T>(this Result<T> result, Func<T, IResult> answer) => result.Match(answer, error => new ProblemResult(error));

    /// <summary>A page of a list, its cursor sealed for this caller and this function.</summary>
    public static async Task<IResult> RespondPage<T, TItem>(this Task<Result<Page<T>>> task, HttpRequest request, Func<T, TItem> item) =>
        (await task).Respond(page => Answer(page, request, item));

    /// <summary>The same for a list that cannot be refused.</summary>
    public static async Task<IResult> RespondPage<T, TItem>(this Task<Page<T>> task, HttpRequest request, Func<T, TItem> item) =>
        Answer(await task, request, item);

    private static IResult Answer<T, TItem>(Page<T> page, HttpRequest request, Func<T, TItem> item) =>
        TypedResults.Ok(new PageResponse<TItem>([.. page.Items.Select(item)], Cursors.Of(request).Seal(page.Next)));
}

/// <summary>A page on the wire.</summary>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record PageResponse<T>(IReadOnlyList<T> Items, string? NextCursor);
