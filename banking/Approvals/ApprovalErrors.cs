namespace Serverless.Banking.Approvals;

/// <summary>Nothing of this id was proposed.</summary>
public sealed record ChangeNotFound() : NotFound("change_not_found");

/// <summary>The people of another desk decide changes of this kind.</summary>
public sealed record ChangeOfAnotherDesk() : Forbidden("change_of_another_desk");

/// <summary>Whoever proposed a change does not decide it.</summary>
public sealed record FourEyesRequired() : Forbidden("four_eyes_required");

/// <summary>Somebody else was first, or it was decided otherwise.</summary>
public sealed record ChangeAlreadyDecided(ChangeState ChangeState) : Conflict("change_already_decided");
