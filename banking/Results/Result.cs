using System.Diagnostics.CodeAnalysis;

namespace Serverless.Banking;

/// <summary>A value, or the one <see cref="Banking.Error"/> that explains why there is none.</summary>
/// <remarks>The default value of this type is neither and throws when read: always return one or the other.</remarks>
public readonly struct Result<T>
{
    private readonly T? value;
    private readonly Error? error;
    private readonly bool isSet;

    private Result(T? value, Error? error) => (this.value, this.error, isSet) = (value, error, true);

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => isSet ? error is null : throw new InvalidOperationException("A default Result holds nothing.");

    /// <exception cref="InvalidOperationException">The result is an error.</exception>
    public T? Value => IsSuccess ? value : throw new InvalidOperationException($"No value: {error!.Code}.");

    /// <summary>Null on success.</summary>
    public Error? Error => isSet ? error : throw new InvalidOperationException("A default Result holds nothing.");

    public TOut Match<TOut>(Func<T, TOut> onValue, Func<Error, TOut> onError) => IsSuccess ? onValue(value!) : onError(error!);

    public Result<TOut> Then<TOut>(Func<T, Result<TOut>> next) => IsSuccess ? next(value!) : error!;

    public Result<TOut> Then<TOut>(Func<T, TOut> next) => IsSuccess ? next(value!) : error!;

    public async Task<Result<TOut>> Then<TOut>(Func<T, Task<Result<TOut>>> next) => IsSuccess ? await next(value!) : error!;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>The same verbs on a result still to come.</summary>
public static class ResultTasks
{
    public static async Task<Result<TOut>> Then<T, TOut>(this Task<Result<T>> task, Func<T, Result<TOut>> next) => (await task).Then(next);

    public static async Task<Result<TOut>> Then<T, TOut>(this Task<Result<T>> task, Func<T, TOut> next) => (await task).Then(next);

    public static async Task<Result<TOut>> Then<T, TOut>(this Task<Result<T>> task, Func<T, Task<Result<TOut>>> next) =>
        await (await task).Then(next);
}

/// <summary>A success that carries nothing.</summary>
public readonly record struct Nothing;
