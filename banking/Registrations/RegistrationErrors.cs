namespace Serverless.Banking.Registrations;

public sealed record RegistrationNotFound() : NotFound("registration_not_found");

/// <summary>It took too long: begin again.</summary>
public sealed record RegistrationExpired() : Refused("registration_expired");

/// <summary>Another step comes first, or this one is done.</summary>
/// <param name="Next">The step that is due, in snake_case: of a registration, of an application to become a customer.</param>
public sealed record StepOutOfOrder(string Next) : Conflict("step_out_of_order")
{
    internal static StepOutOfOrder At<TStep>(TStep next) where TStep : struct, Enum => new(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(next.ToString()));
}

/// <summary>Nobody registers without accepting the terms (ONB-01).</summary>
public sealed record RegistrationTermsNotAccepted() : Refused("registration_terms_not_accepted");

/// <summary>The client has not signed the contract for banking services (ONB-02).</summary>
public sealed record ContractMissing() : Refused("contract_missing");

/// <summary>Neither an active card nor a unique code: the nearest branch gives a unique code (ONB-02).</summary>
public sealed record NoMethodAvailable() : Refused("no_method_available");

/// <summary>The client may sign in already, with the password of the Internet Branch too (ONB-02, AUTH-20).</summary>
public sealed record AlreadyRegistered() : Conflict("already_registered");

/// <summary>No card of the client is of this type and ends so.</summary>
public sealed record CardMismatch() : Refused("card_mismatch");

public sealed record CardNotActive() : Refused("card_not_active");

/// <param name="AttemptsLeft">Of the card's own counter, which cash machines share.</param>
public sealed record WrongPin(int AttemptsLeft) : Refused("wrong_pin");

/// <summary>The client chose none of the ways that are open.</summary>
public sealed record MethodNotAvailable() : Refused("method_not_available");
