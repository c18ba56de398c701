namespace Serverless.Banking.Credentials;

/// <summary>The step at which a code is typed that was sent to the mobile number on file.</summary>
internal sealed record CodeStep<T, TStep>(OneTimeCodePurpose Purpose, TStep Enter)
{
    public required Func<T, OneTimeCodePurpose, OneTimeCodeRequest> RequestFor { get; init; }

    /// <summary>Proven: the code comes next. The unique code, when it was proven by one.</summary>
    public required Func<T, UniqueCodeId?, T> Proven { get; init; }

    /// <summary>Typed: what comes after.</summary>
    public required Func<T, T> Typed { get; init; }
}

/// <summary>Sends the code of something that is proven in steps, and takes it.</summary>
internal sealed class StepCodes<T, TStep>(CodeStep<T, TStep> step, StepTable<T, TStep> table, SendOneTimeCode send, CheckOneTimeCode check)
    where TStep : struct, Enum
{
    /// <summary>The step first: when the message is lost, another can be asked for.</summary>
    public Task<Result<OneTimeCodeSent>> AfterProofAsync(Stored<T> stored, UniqueCodeId? uniqueCode, CancellationToken cancellation) =>
        table.WriteAsync(stored, step.Proven(stored.Value, uniqueCode), cancellation).Then(it => SendAsync(it, cancellation));

    /// <summary>Once more.</summary>
    /// <returns>Or, first match: the errors of the step, those of <see cref="SendOneTimeCode"/>.</returns>
    public Task<Result<OneTimeCodeSent>> AgainAsync(Guid id, CancellationToken cancellation) =>
        table.FindAsync(id, cancellation, step.Enter).Then(found => SendAsync(found.Value, cancellation));

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckOneTimeCode"/>.</returns>
    public Task<Result<T>> CheckAsync(Guid id, string code, CancellationToken cancellation) =>
        table.FindAsync(id, cancellation, step.Enter).Then(found => CheckAsync(found, code, cancellation));

    /// <returns>Or the errors of <see cref="CheckOneTimeCode"/>.</returns>
    public async Task<Result<T>> CheckAsync(Stored<T> found, string code, CancellationToken cancellation)
    {
        var request = step.RequestFor(found.Value, step.Purpose);
        var taken = await check.RunAsync(request.Purpose, request.Binding, code, cancellation);
        return taken.IsSuccess ? await table.WriteAsync(found, step.Typed(found.Value), CancellationToken.None) : taken.Error;
    }

    private Task<Result<OneTimeCodeSent>> SendAsync(T it, CancellationToken cancellation) => send.RunAsync(step.RequestFor(it, step.Purpose), cancellation);
}
