using NodaTime;

namespace Serverless.Banking;

/// <summary>Where something stands that waits for people or partners, after whatever it needed was done.</summary>
/// <param name="IsFinal">Nothing is waited for any more.</param>
/// <param name="Wake">When it is looked at again at the latest, for the sake of a deadline or a reminder; null when nobody is waited for.</param>
public sealed record CourseProgress<TState>(TState State, bool IsFinal, Instant? Wake) where TState : struct, Enum;
